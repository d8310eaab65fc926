package io.fairlead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A client that sends bytes and compares bytes, over TCP or a unix socket.
 *
 * <p>Strings hold one byte per character. Nothing waits longer than the deadline, 5 s unless
 * changed; a failed expectation is an {@link AssertionError} that shows both sides and the first
 * difference. While it sends, it also receives, so that long requests and long replies cannot block
 * each other. Not for use by several threads.
 */
public final class RawClient implements AutoCloseable {
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer chunk = ByteBuffer.allocate(65_536);
  private final StringBuilder received = new StringBuilder();
  private Duration deadline = DEFAULT_DEADLINE;
  private boolean closed;

  private RawClient(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, SelectionKey.OP_READ);
  }

  /** Connects to a port of the loopback address. */
  public static RawClient connect(int port) {
    return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public static RawClient connect(Path unixSocket) {
    return connect(UnixDomainSocketAddress.of(unixSocket));
  }

  public static RawClient connect(SocketAddress address) {
    try {
      return tryConnect(address);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + address, e);
    }
  }

  static RawClient tryConnect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    if (address instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return new RawClient(channel);
  }

  /** How long the following calls wait at most. */
  public RawClient withDeadline(Duration limit) {
    deadline = limit;
    return this;
  }

  public RawClient send(String bytes) {
    return send(Latin1.bytes(bytes));
  }

  /** Sends all of it; when the connection turns out to be closed, {@link #isClosed} says so. */
  public RawClient send(byte[] bytes) {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    long end = System.nanoTime() + deadline.toNanos();
    while (out.hasRemaining() && !closed) {
      if (!write(out) && !select(SelectionKey.OP_READ | SelectionKey.OP_WRITE, end)) {
        throw new AssertionError(
            "the peer took only " + out.position() + " of " + bytes.length + " bytes");
      }
    }
    return this;
  }

  /** Sends pieces of {@code size} bytes with a pause between them. */
  public RawClient sendInPieces(String bytes, int size, Duration pause) {
    for (int from = 0; from < bytes.length(); from += size) {
      if (from > 0) {
        receiveFor(pause);
      }
      send(bytes.substring(from, Math.min(bytes.length(), from + size)));
    }
    return this;
  }

  /** Takes exactly these bytes from the stream; what follows them stays for the next call. */
  public RawClient expect(String expected) {
    long end = System.nanoTime() + deadline.toNanos();
    int same = 0;
    while (true) {
      int available = Math.min(expected.length(), received.length());
      while (same < available && expected.charAt(same) == received.charAt(same)) {
        same++;
      }
      if (same < available || same == expected.length() || closed || !fill(end)) {
        break;
      }
    }
    if (same < expected.length()) {
      throw new AssertionError(Difference.describe(expected, received.toString(), state()));
    }
    take(same);
    return this;
  }

  public RawClient expect(byte[] expected) {
    return expect(Latin1.text(expected));
  }

  /** Takes the next line, without its line end. */
  public String readLine() {
    String line = readThrough("\n");
    int end = line.endsWith("\r\n") ? line.length() - 2 : line.length() - 1;
    return line.substring(0, end);
  }

  /** Takes everything up to and including the first occurrence of {@code mark}. */
  public String readThrough(String mark) {
    long end = System.nanoTime() + deadline.toNanos();
    int searchedFrom = 0;
    while (true) {
      int found = received.indexOf(mark, searchedFrom);
      if (found >= 0) {
        return take(found + mark.length());
      }
      searchedFrom = Math.max(0, received.length() - mark.length() + 1);
      if (closed || !fill(end)) {
        throw new AssertionError(
            "no " + Escapes.encode(mark) + " in: " + Escapes.encode(received.toString()) + state());
      }
    }
  }

  /** Takes everything until nothing came for that long or the connection is closed. */
  public String readUntilQuiet(Duration quiet) {
    while (!closed && fill(System.nanoTime() + quiet.toNanos())) {
      // each arrival starts the quiet time anew
    }
    return take(received.length());
  }

  /** Expects that the peer closes or resets the connection, and no byte before that. */
  public RawClient expectClosed() {
    long end = System.nanoTime() + deadline.toNanos();
    while (!closed && received.isEmpty() && fill(end)) {
      // wait for either
    }
    if (!received.isEmpty() || !closed) {
      throw new AssertionError(
          "expected a closed connection, got: " + Escapes.encode(received.toString()) + state());
    }
    return this;
  }

  /** Expects an open connection on which nothing arrives for that long. */
  public RawClient expectSilence(Duration quiet) {
    long end = System.nanoTime() + quiet.toNanos();
    while (!closed && received.isEmpty() && fill(end)) {
      // any byte ends the silence
    }
    if (!received.isEmpty() || closed) {
      throw new AssertionError(
          "expected silence, got: " + Escapes.encode(received.toString()) + state());
    }
    return this;
  }

  /** Whether the peer has closed or reset the connection, as far as has been read. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends the sending side only. */
  public RawClient halfClose() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      closed = true;
    }
    return this;
  }

  /** Ends the connection with a reset. */
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  @Override
  public void close() {
    closed = true;
    try (channel) {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until that many bytes are there, or the connection is closed, or time is up. */
  void await(int bytes, boolean untilClosed) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!closed && (untilClosed || received.length() < bytes) && fill(end)) {
      // until one of the three
    }
  }

  /** Receives for so long; what comes is kept for the next call that reads. */
  public void receiveFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (!closed && fill(end)) {
      // keep receiving
    }
  }

  /** Receives something; false when the time is up. */
  private boolean fill(long end) {
    return select(SelectionKey.OP_READ, end);
  }

  private boolean select(int interest, long end) {
    try {
      key.interestOps(interest);
      long millis = Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
      int ready = millis == 0 ? selector.selectNow() : selector.select(millis);
      if (ready == 0) {
        return false;
      }
      selector.selectedKeys().clear();
      if (key.isReadable()) {
        read();
      }
      return true;
    } catch (IOException e) {
      closed = true;
      return true;
    }
  }

  private void read() throws IOException {
    chunk.clear();
    int count = channel.read(chunk);
    if (count < 0) {
      closed = true;
      return;
    }
    received.append(Latin1.text(chunk.array(), 0, count));
  }

  /** Answers whether the kernel took something. */
  private boolean write(ByteBuffer out) {
    try {
      return channel.write(out) > 0;
    } catch (IOException e) {
      closed = true;
      return true;
    }
  }

  private String take(int count) {
    String taken = received.substring(0, count);
    received.delete(0, count);
    return taken;
  }

  private String state() {
    return closed ? " <closed>" : " <still open after " + deadline.toMillis() + " ms>";
  }
}
