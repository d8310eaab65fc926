package io.fairlead.loop;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket of the system, in memory: the test plays the peer and, like epoll, tells the link of
 * what it waits for as long as that is so.
 */
final class FakeRawSocket implements RawSocket {
  private final TestLoop loop;
  private final SocketLink link;
  private final StringBuilder sent = new StringBuilder();
  private final StringBuilder arrived = new StringBuilder();
  private int room = Integer.MAX_VALUE;
  private boolean peerEnded;
  private boolean broken;
  private boolean closed;

  boolean watchesInput;
  boolean watchesRoom;
  boolean outputEnded;
  int sends;
  int reads;

  FakeRawSocket(TestLoop loop, Connection connection) {
    this.loop = loop;
    link = new SocketLink(connection, this);
    link.onOpen();
    loop.closeAtEnd(this::close);
    turn();
  }

  /** These bytes arrive. */
  void receive(String text) {
    arrived.append(text);
    turn();
  }

  void endInput() {
    peerEnded = true;
    turn();
  }

  /** The peer is gone, as a unix socket tells at once, and what it has said is still there. */
  void hangUp(String last) {
    arrived.append(last);
    peerEnded = true;
    link.onReady(false, false, true, false);
    turn();
  }

  /** Every call fails from now on. */
  void breakOff() {
    broken = true;
    if (!closed) {
      link.onReady(false, false, false, true);
    }
    turn();
  }

  /** Every call fails from now on, of which the loop has not heard. */
  void breakSilently() {
    broken = true;
  }

  void takesOnly(int bytes) {
    room = bytes;
  }

  void takesMore(int bytes) {
    room = bytes;
    turn();
  }

  /** Tells of input once, whatever is left of it. */
  void tellOfInput(String text) {
    arrived.append(text);
    link.onReady(true, false, false, false);
  }

  /** Turns of the loop until there is nothing left to tell of. */
  void turn() {
    loop.turn();
    while (!closed && (hasInput() || hasRoom())) {
      link.onReady(hasInput(), hasRoom(), false, false);
      loop.turn();
    }
  }

  private boolean hasInput() {
    return watchesInput && (!arrived.isEmpty() || peerEnded);
  }

  private boolean hasRoom() {
    return watchesRoom && room > 0;
  }

  /** What has been sent since the last call. */
  String sent() {
    String text = sent.toString();
    sent.setLength(0);
    return text;
  }

  String unread() {
    return arrived.toString();
  }

  boolean isOpen() {
    return !closed;
  }

  @Override
  public @Nullable SocketAddress peer() {
    return null;
  }

  @Override
  public @Nullable SocketAddress local() {
    return null;
  }

  @Override
  public int receive(ByteBuf in) throws IOException {
    check();
    reads++;
    if (arrived.isEmpty()) {
      return peerEnded ? -1 : 0;
    }
    int length = Math.min(in.capacity(), arrived.length());
    in.setIndex(0, 0).writeBytes(Wire.bytes(arrived.substring(0, length)));
    arrived.delete(0, length);
    return length;
  }

  @Override
  public int send(ByteBuf out) throws IOException {
    check();
    sends++;
    return take(out);
  }

  @Override
  public long send(Fifo<ByteBuf> out) throws IOException {
    check();
    sends++;
    long taken = 0;
    long end = Math.min(out.tail(), out.head() + MOST_PIECES);
    for (long at = out.head(); at < end; at++) {
      taken += take(out.get(at));
    }
    return taken;
  }

  private int take(ByteBuf out) {
    int taken = Math.min(room, out.readableBytes());
    sent.append(Wire.text(out, out.readerIndex(), taken));
    room -= taken;
    return taken;
  }

  private void check() throws IOException {
    if (closed) {
      throw new AssertionError("used after it was closed");
    }
    if (broken) {
      throw new IOException("Connection reset by peer");
    }
  }

  @Override
  public void watch(boolean input, boolean sendable) {
    watchesInput = input;
    watchesRoom = sendable;
  }

  @Override
  public void endOutput() throws IOException {
    check();
    outputEnded = true;
  }

  @Override
  public void move(ProxyLoop to, Supplier<@Nullable Connection> next, Runnable onOver) {
    throw new UnsupportedOperationException("is on one loop only");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      link.onClosed();
    }
  }
}
