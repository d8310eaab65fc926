package io.fairlead.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** One connection of a {@link ScriptedBackend}, seen by its script. Reading is for one thread. */
public final class ScriptedConnection {
  private static final Set<String> STORAGE_COMMANDS =
      Set.of("set", "add", "replace", "append", "prepend", "cas");

  private final int number;
  private final Socket socket;
  private final LineRecorder recorder;
  private final InputStream in;
  private final OutputStream out;

  ScriptedConnection(int number, Socket socket, LineRecorder recorder) throws IOException {
    this.number = number;
    this.socket = socket;
    this.recorder = recorder;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 65_536);
    out = socket.getOutputStream();
  }

  /** Connections are counted from 1 in the order they were accepted. */
  public int number() {
    return number;
  }

  /** Reads exactly these bytes; the first different one fails the script. */
  public void expect(String expected) throws IOException {
    StringBuilder actual = new StringBuilder();
    for (int i = 0; i < expected.length(); i++) {
      actual.append((char) nextByte());
      if (actual.charAt(i) != expected.charAt(i)) {
        throw new AssertionError(Difference.describe(expected, actual.toString(), ""));
      }
    }
  }

  /** Reads a line and returns it without its line end. */
  public String nextLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = nextByte(); b != '\n'; b = nextByte()) {
      line.append((char) b);
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }

  /** Reads a command line and, after a storage command, its body; returns the line. */
  public String nextRequest() throws IOException {
    String line = nextLine();
    int body = bodyLength(line);
    if (body >= 0) {
      nextBytes(body + 2);
    }
    return line;
  }

  public String nextBytes(int count) throws IOException {
    StringBuilder bytes = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      bytes.append((char) nextByte());
    }
    return bytes.toString();
  }

  public void send(String bytes) throws IOException {
    if (!bytes.isEmpty()) {
      synchronized (out) {
        out.write(Latin1.bytes(bytes));
        out.flush();
      }
    }
  }

  /** Sends pieces of {@code size} bytes, each in a packet of its own, with a pause between them. */
  public void sendInPieces(String bytes, int size, Duration pause)
      throws IOException, InterruptedException {
    for (int from = 0; from < bytes.length(); from += size) {
      if (from > 0) {
        pause(pause);
      }
      send(bytes.substring(from, Math.min(bytes.length(), from + size)));
    }
  }

  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  /** Goes on when the test says so: the way to delay an answer without guessing a time. */
  public void await(CountDownLatch signal) throws InterruptedException {
    signal.await();
  }

  public void close() throws IOException {
    socket.close();
  }

  /** Ends the sending side; what the peer sends is still read. */
  public void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection with a reset. */
  public void reset() {
    Listener.reset(socket);
  }

  public boolean isOpen() {
    return !socket.isClosed();
  }

  /** Reads and records until the peer closes. */
  public void readToEnd() throws IOException {
    while (!socket.isClosed()) {
      nextByte();
    }
  }

  private int nextByte() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the peer closed the connection");
    }
    recorder.onByte(b);
    return b;
  }

  /** The announced length of the body, or -1 when the command has none. */
  private static int bodyLength(String line) {
    String[] tokens = line.trim().split(" +", -1);
    int position = STORAGE_COMMANDS.contains(tokens[0]) ? 4 : 2;
    boolean announces = position == 4 || tokens[0].equals("ms");
    return announces && tokens.length > position ? Integer.parseInt(tokens[position]) : -1;
  }
}
