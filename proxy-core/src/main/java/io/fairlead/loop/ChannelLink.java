package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seam between a {@link Connection} and its socket: the one handler in a Netty channel's
 * pipeline, whatever the transport. With TLS it is a {@link SecureLink}.
 */
public class ChannelLink extends ChannelInboundHandlerAdapter implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelLink.class);

  /** Netty's allowance for each buffer that waits to be sent. */
  private static final int ENTRY_BYTES =
      Integer.getInteger("io.netty.transport.outboundBufferEntrySizeOverhead", 96);

  final Connection connection;
  final Channel channel;

  /** Whether the channel has to be registered anew before it can wait for room once more. */
  private final boolean rejoins;

  private boolean inputEnded;
  private boolean rejoining;

  ChannelLink(Connection connection, Channel channel, boolean rejoins) {
    this.connection = connection;
    this.channel = channel;
    this.rejoins = rejoins;
  }

  /**
   * Joins a connection and a channel of the same event loop. The connection opens when the channel
   * becomes active and ends with it.
   */
  public static void join(Connection connection, Channel channel) {
    new ChannelLink(connection, channel, false).join();
  }

  /** The same for a channel that is active, and was another connection's before. */
  private static void goOn(Connection connection, Channel channel, boolean forgetsHalfClosed) {
    ChannelLink link = new ChannelLink(connection, channel, forgetsHalfClosed);
    link.join();
    connection.linkOpened(link);
    channel.config().setAutoRead(true);
  }

  /** Becomes the last handler of the channel. */
  final void join() {
    assert connection.loop.eventLoop().inEventLoop();
    connection.loop.receives().giveTo(connection, channel.config());
    int full = connection.fullAtBytes();
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(full / 2, full));
    channel.pipeline().addLast(this);
  }

  @Override
  public boolean mayMove() {
    return !inputEnded && !rejoining;
  }

  /** Goes on with another connection, of the loop that the channel has come to. */
  void giveTo(Connection next) {
    goOn(next, channel, rejoins);
  }

  @Override
  public @Nullable String peerName() {
    return null;
  }

  /** What hands output to the socket as it is. */
  ChannelOutboundInvoker socket() {
    return channel;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connection.linkOpened(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      connection.input(in);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.linkClosed();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable() && !connection.isClosed()) {
      connection.linkWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      onInputEnd();
    }
  }

  /** The peer has said that it sends no more. */
  final void onInputEnd() {
    if (!connection.isClosed()) {
      connection.onInputEnd();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("connection ended: cause={}", cause.toString());
      if (!(cause instanceof ClosedChannelException)) { // which tells of output that is too late
        connection.onBroken();
      }
    } else {
      Faults.log("closed a connection", cause);
    }
    context.close();
  }

  @Override
  public @Nullable SocketAddress peer() {
    return channel.remoteAddress();
  }

  @Override
  public @Nullable SocketAddress local() {
    return channel.localAddress();
  }

  @Override
  public void send(ByteBuf buffer) {
    if (inputEnded) {
      write(buffer.retain());
      flush();
    } else {
      channel.writeAndFlush(buffer.retain(), channel.voidPromise());
    }
  }

  @Override
  public void write(ByteBuf buffer) {
    channel.write(buffer, channel.voidPromise());
  }

  @Override
  public void flush() {
    if (inputEnded && rejoins) {
      rejoin();
    } else {
      channel.flush();
    }
  }

  /**
   * Flushes between leaving the event loop and coming back to it. What the socket does not take
   * then is remembered for the return; a channel that has nothing to wait for when it is half
   * closed is taken out of epoll by Netty (4.2.18) for good, and could never wait for room.
   */
  private void rejoin() {
    if (!rejoining && channel.isOpen()) {
      rejoining = true;
      channel.deregister().addListener(left -> comeBack());
    }
  }

  private void comeBack() {
    rejoining = false;
    channel.flush();
    connection.loop.eventLoop().register(channel).addListener(this::onBack);
  }

  void onBack(Future<?> back) {
    if (!back.isSuccess()) {
      channel.close();
      connection.linkClosed();
    }
  }

  /** Netty's own count goes down by whole buffers only, and has an allowance for each of them. */
  @Override
  public long pendingBytes() {
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (pending == null) {
      return 0;
    }
    long allowance = (long) pending.size() * ENTRY_BYTES;
    return pending.totalPendingWriteBytes() - pending.currentProgress() - allowance;
  }

  /** The channel itself tells only of room after it was full. */
  @Override
  public void awaitSent() {
    socket().write(Unpooled.EMPTY_BUFFER).addListener(sent -> connection.linkSent());
    flush();
  }

  @Override
  public void reading(boolean on) {
    if (!inputEnded) { // epoll has forgotten a channel by then, and asking it to read would fail
      channel.config().setAutoRead(on);
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public void endAfterWrites() {
    if (inputEnded || !(channel instanceof DuplexChannel duplex)) {
      closeAfterWrites();
      return;
    }
    channel.config().setAutoRead(true);
    sayGoodbye();
    socket()
        .write(Unpooled.EMPTY_BUFFER)
        .addListener(
            sent -> {
              duplex.shutdownOutput();
              connection.loop.later(channel::close, SocketLink.LONGEST_FAREWELL.toNanos());
            });
    flush();
  }

  /** Tells the peer, where there is a way to, that nothing more comes. */
  void sayGoodbye() {}

  @Override
  public void closeAfterWrites() {
    socket().write(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    flush();
  }
}
