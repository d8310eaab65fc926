package io.fairlead.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Asks one thing again and again, with many requests in flight, until the other side closes. */
final class PipeliningClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 40_000;
  private static final int PER_WRITE = 20;
  private static final int IN_FLIGHT = 400;

  private final Socket socket;
  private final byte[] requests;
  private final byte[] reply;
  private final Thread writer = new Thread(this::write, "writer");
  private final Thread reader = new Thread(this::read, "reader");
  private final Semaphore free = new Semaphore(IN_FLIGHT);
  private final AtomicLong received = new AtomicLong();
  private volatile String end = "none";

  /**
   * @param reply what every request is answered with
   */
  PipeliningClient(int port, String request, String reply) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    requests = request.repeat(PER_WRITE).getBytes(US_ASCII);
    this.reply = reply.getBytes(US_ASCII);
    writer.start();
    reader.start();
  }

  private void write() {
    try {
      OutputStream out = socket.getOutputStream();
      while (true) {
        free.acquire(PER_WRITE);
        out.write(requests);
      }
    } catch (IOException | InterruptedException e) {
      // The connection has ended; the reader says how.
    }
  }

  private void read() {
    byte[] chunk = new byte[1 << 16];
    try {
      InputStream in = socket.getInputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        for (int i = 0; i < length; i++) {
          if (chunk[i] != reply[(int) (received.get() % reply.length)]) {
            end = "answered " + new String(chunk, i, length - i, US_ASCII);
            return;
          }
          if (received.incrementAndGet() % reply.length == 0) {
            free.release();
          }
        }
      }
      end = "closed";
      socket.close();
    } catch (IOException e) {
      end = e.toString();
    } finally {
      writer.interrupt();
    }
  }

  long replies() {
    return received.get() / reply.length;
  }

  /** Bytes of a reply that was cut off. */
  long partOfReply() {
    return received.get() % reply.length;
  }

  /** How the connection ended: "closed", with which error, or after which wrong answer. */
  String awaitEnd() throws InterruptedException {
    reader.join(PATIENCE_MILLIS);
    return end;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
