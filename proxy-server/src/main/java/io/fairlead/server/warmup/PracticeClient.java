package io.fairlead.server.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;

/**
 * A client, which waits for every reply, whatever it says: a route may refuse what another answers.
 */
final class PracticeClient implements AutoCloseable {
  private static final byte[] VALUE = "VALUE ".getBytes(ISO_8859_1);
  private static final byte[] LINE_END = "\r\n".getBytes(ISO_8859_1);
  private static final byte[] LAST_OF_GET = "END\r\n".getBytes(ISO_8859_1);
  private static final byte[] LAST_OF_BATCH = "MN\r\n".getBytes(ISO_8859_1);

  private final Socket socket = new Socket();
  private final byte[] reply;
  private final InputStream in;
  private final OutputStream out;
  private int length;

  /**
   * @param reply large enough for every reply; clients may share it, as they are answered one after
   *     the other
   */
  PracticeClient(SocketAddress proxy, byte[] reply) throws IOException {
    this.reply = reply;
    InetSocketAddress address = (InetSocketAddress) proxy;
    socket.connect(new InetSocketAddress(address.getAddress(), address.getPort()));
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  void send(byte[] requests) throws IOException {
    out.write(requests);
  }

  /** Reads the reply to a get, or one of a single line. */
  void awaitReply() throws IOException {
    length = 0;
    do {
      receive();
    } while (!endsWith(begins(VALUE) ? LAST_OF_GET : LINE_END));
  }

  /** Reads replies up to that to {@code mn}. */
  void awaitBatch() throws IOException {
    length = 0;
    do {
      receive();
    } while (!endsWith(LAST_OF_BATCH));
  }

  private void receive() throws IOException {
    int count = in.read(reply, length, reply.length - length);
    if (count <= 0) {
      throw new EOFException("a connection was closed");
    }
    length += count;
  }

  private boolean begins(byte[] text) {
    return contains(text, 0);
  }

  private boolean endsWith(byte[] text) {
    return contains(text, length - text.length);
  }

  private boolean contains(byte[] text, int at) {
    return at >= 0
        && at + text.length <= length
        && Arrays.equals(reply, at, at + text.length, text, 0, text.length);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
    }
  }
}
