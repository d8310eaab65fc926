package io.fairlead.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Clients that connect, ask once, and connect anew. */
final class ConnectingClients implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int THREADS = 4;
  private final int port;
  private final byte[] request;
  private final String reply;
  private final Duration pause;
  private final List<Thread> threads;
  private final AtomicInteger connects = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  /** As fast as they can. */
  ConnectingClients(int port) {
    this(port, "mn\r\n", "MN\r\n", Duration.ZERO);
  }

  /** Each of them waits for a pause between two connections. */
  ConnectingClients(int port, String request, String reply, Duration pause) {
    this.port = port;
    this.request = request.getBytes(US_ASCII);
    this.reply = reply;
    this.pause = pause;
    threads =
        IntStream.range(0, THREADS).mapToObj(i -> new Thread(this::run, "connecting")).toList();
    threads.forEach(Thread::start);
  }

  private void run() {
    while (!ended) {
      connectAndAsk();
      Uninterruptibles.sleepUninterruptibly(pause);
    }
  }

  private void connectAndAsk() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      connects.incrementAndGet();
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setSoLinger(true, 0); // leaves no ports in TIME_WAIT, which would run out
      socket.getOutputStream().write(request);
      String answer = new String(socket.getInputStream().readNBytes(reply.length()), US_ASCII);
      if (answer.isEmpty()) {
        unanswered.incrementAndGet();
      } else if (!answer.equals(reply)) {
        failures.add("answered " + answer);
      }
    } catch (IOException e) {
      failures.add(e.toString());
    }
  }

  int connects() {
    return connects.get();
  }

  /** Connections that were closed before they were answered, as the proxy was to end. */
  int unanswered() {
    return unanswered.get();
  }

  /** What must not happen: refused, reset, or half a reply. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    ended = true;
    threads.forEach(Uninterruptibles::joinUninterruptibly);
  }
}
