package io.fairlead.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * TLS 1.3 over a channel, as another channel. It blocks where the channel below it does: that is to
 * be so while it is opened, and may change afterwards.
 *
 * <p>Bytes count as written when the whole record that holds them has gone. Those that {@link
 * #write} leaves are to be offered again, first, as with any channel.
 */
final class SecureChannel implements ByteChannel {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ByteChannel socket;
  private final SSLEngine engine;
  private final int longestContent;

  // Arrays, as the cipher would copy the content of direct buffers.
  private final ByteBuffer came;
  private final ByteBuffer sealed;

  /** How many of the bytes that were offered are in {@code sealed}. */
  private int sealedContent;

  private boolean ended;

  private SecureChannel(ByteChannel socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
    longestContent = engine.getSession().getApplicationBufferSize();
    came = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
  }

  /** Agrees with the peer, which is believed whoever it is. */
  static SecureChannel open(ByteChannel socket) throws IOException {
    SSLEngine engine = BlindTrust.CONTEXT.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {"TLSv1.3"});
    SecureChannel channel = new SecureChannel(socket, engine);
    channel.agree();
    return channel;
  }

  private void agree() throws IOException {
    engine.beginHandshake();
    HandshakeStatus next = engine.getHandshakeStatus();
    while (next != HandshakeStatus.NOT_HANDSHAKING) {
      switch (next) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> sealAndSend();
        default -> hear();
      }
      next = engine.getHandshakeStatus();
    }
  }

  private void runTasks() {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  private void sealAndSend() throws IOException {
    seal(NOTHING);
    while (!isSent(NOTHING)) {
      Thread.onSpinWait();
    }
  }

  /** Takes one record of the handshake, for which it reads when there is none. */
  private void hear() throws IOException {
    came.flip();
    Status status = engine.unwrap(came, NOTHING).getStatus();
    came.compact();
    if (status == Status.CLOSED || (status == Status.BUFFER_UNDERFLOW && socket.read(came) < 0)) {
      throw new IOException("the peer closed a connection instead of agreeing on TLS");
    }
  }

  /** Reads what has come; {@code in} must have room for the content of the longest record. */
  @Override
  public int read(ByteBuffer in) throws IOException {
    if (in.remaining() < longestContent) {
      throw new IllegalArgumentException(
          "in: " + in + " (expected: room for " + longestContent + " bytes)");
    }
    int before = in.position();
    boolean mayHaveMore = true;
    while (mayHaveMore && in.remaining() >= longestContent) {
      ended |= socket.read(came) < 0;
      mayHaveMore = !ended && !came.hasRemaining();
      unseal(in);
    }
    int read = in.position() - before;
    return read == 0 && ended ? -1 : read;
  }

  /** Leaves no whole record behind: together they hold less than the room for one's content. */
  private void unseal(ByteBuffer in) throws IOException {
    came.flip();
    Status status = Status.OK;
    while (came.hasRemaining() && status == Status.OK) {
      status = engine.unwrap(came, in).getStatus();
    }
    came.compact();
    ended |= status == Status.CLOSED;
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    int before = out.position();
    boolean isSent = isSent(out);
    while (isSent && out.hasRemaining()) {
      seal(out);
      isSent = isSent(out);
    }
    return out.position() - before;
  }

  /** Makes a record of the first bytes, which stay where they are until it has gone. */
  private void seal(ByteBuffer out) throws IOException {
    int from = out.position();
    sealed.clear();
    Status status = engine.wrap(out, sealed).getStatus();
    sealed.flip();
    sealedContent = out.position() - from;
    out.position(from);
    if (status != Status.OK) {
      throw new ClosedChannelException();
    }
  }

  /** Whether everything sealed has gone; then {@code out} moves on to what was not sealed yet. */
  private boolean isSent(ByteBuffer out) throws IOException {
    if (sealed.hasRemaining()) {
      socket.write(sealed);
    }
    if (sealed.hasRemaining()) {
      return false;
    }
    out.position(out.position() + sealedContent);
    sealedContent = 0;
    return true;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  /** Without a farewell: the peer sees the end of the stream. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
