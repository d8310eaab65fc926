package io.fairlead.loop;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * The other end of a connection, in memory: the test sends what arrives, and reads what is sent.
 */
public final class FakeSocket extends EmbeddedChannel {
  private final TestLoop loop;
  private final StringBuilder sent = new StringBuilder();
  private int room = Integer.MAX_VALUE;
  private int sends;

  FakeSocket(TestLoop loop, Connection connection) {
    super(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            ChannelLink.join(connection, channel);
          }
        });
    this.loop = loop;
  }

  /** Lets the connection receive these bytes in one read, and ends the turn. */
  public void receive(String text) {
    receive(Wire.bytes(text));
  }

  public void receive(byte[] bytes) {
    read(bytes);
    loop.turn();
  }

  /** Lets the connection receive these bytes as part of a turn that goes on. */
  public void read(byte[] bytes) {
    ByteBuf buffer = loop.received().directBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
    read(buffer);
  }

  /** Takes {@code buffer} as what was read. */
  public void read(ByteBuf buffer) {
    if (isOpen()) {
      writeInbound(buffer);
    } else {
      buffer.release();
    }
  }

  /** The peer sends no more. */
  public void endInput() {
    pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    loop.turn();
  }

  /** The peer is gone. */
  public void disconnectByPeer() {
    close();
    loop.turn();
  }

  /** What has been sent since the last call. */
  public String sent() {
    String text = sent.toString();
    sent.setLength(0);
    return text;
  }

  /** How often the socket was given something to send. */
  public int sends() {
    return sends;
  }

  /** The socket takes this many bytes and then no more. */
  public void takesOnly(int bytes) {
    room = bytes;
  }

  /** The socket has room again. */
  public void takesMore(int bytes) {
    room = bytes;
    flush();
    loop.turn();
  }

  public boolean isReading() {
    return config().isAutoRead();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer pending) {
    sends++;
    for (Object next = pending.current(); next != null; next = pending.current()) {
      ByteBuf buffer = (ByteBuf) next;
      int taken = Math.min(room, buffer.readableBytes());
      boolean all = taken == buffer.readableBytes();
      sent.append(Wire.text(buffer, buffer.readerIndex(), taken));
      room -= taken;
      pending.removeBytes(taken);
      if (!all) {
        return;
      }
    }
  }
}
