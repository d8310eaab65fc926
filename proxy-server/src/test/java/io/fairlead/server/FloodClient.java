package io.fairlead.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends gets as fast as the socket takes them, and reads what comes; optionally with
 * a bound on those that wait for their reply.
 */
final class FloodClient implements AutoCloseable {
  private static final int BATCH = 16;
  static final int KEYS = 1000;

  private final Socket socket;
  private final @Nullable Semaphore places;
  private final AtomicLong hits;
  private final AtomicLong errors;
  private final Thread writer;
  private final Thread reader;
  private volatile boolean stopped;

  /**
   * @param depth requests that may wait for their reply; 0 for no bound
   */
  FloodClient(int port, int seed, int depth, AtomicLong hits, AtomicLong errors)
      throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.places = depth == 0 ? null : new Semaphore(depth);
    this.hits = hits;
    this.errors = errors;
    this.writer = new Thread(() -> write(new Random(seed)), "flood-writer");
    this.reader = new Thread(this::read, "flood-reader");
    writer.start();
    reader.start();
  }

  private void write(Random random) {
    try {
      OutputStream out = socket.getOutputStream();
      StringBuilder requests = new StringBuilder();
      while (!stopped) {
        requests.setLength(0);
        for (int i = 0; i < BATCH; i++) {
          requests.append("get key:").append(random.nextInt(KEYS)).append("\r\n");
        }
        if (places != null) {
          places.acquire(BATCH);
        }
        out.write(requests.toString().getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException | InterruptedException e) {
      // The connection has ended, which its reader notes if it matters.
    }
  }

  /** Counts reply lines by their first byte; values must not have lines that begin like those. */
  private void read() {
    byte[] buffer = new byte[1 << 16];
    boolean atLineStart = true;
    try {
      InputStream in = socket.getInputStream();
      for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
        int ended = 0;
        for (int i = 0; i < got; i++) {
          if (atLineStart && buffer[i] == 'E') {
            hits.incrementAndGet(); // END
            ended++;
          } else if (atLineStart && buffer[i] == 'S') {
            errors.incrementAndGet();
            ended++;
          }
          atLineStart = buffer[i] == '\n';
        }
        if (places != null) {
          places.release(ended);
        }
      }
    } catch (IOException e) {
      if (!stopped) {
        throw new UncheckedIOException(e);
      }
    }
  }

  boolean isConnected() {
    return reader.isAlive();
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    socket.close();
    writer.interrupt();
  }
}
