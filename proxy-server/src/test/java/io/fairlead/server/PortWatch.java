package io.fairlead.server;

import com.google.common.util.concurrent.Uninterruptibles;
import io.fairlead.faults.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a port again and again, and knows for how long it did not answer. */
final class PortWatch implements AutoCloseable {
  private final int port;
  private final String question;
  private final Thread thread = new Thread(this::run, "port-watch");
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean ends;
  private volatile long longestNanos;

  PortWatch(int port, String question) {
    this.port = port;
    this.question = question;
    thread.start();
  }

  private void run() {
    long last = System.nanoTime();
    boolean failed = false;
    while (!ends) {
      if (answers()) {
        long now = System.nanoTime();
        longestNanos = failed ? Math.max(longestNanos, now - last) : longestNanos;
        last = now;
        failed = false;
        answers.incrementAndGet();
      } else {
        failed = true;
      }
    }
  }

  private boolean answers() {
    try {
      return !Conversation.with(port, question).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  Duration longestGap() {
    return Duration.ofNanos(longestNanos);
  }

  void awaitAnswer() {
    int before = answers.get();
    Await.until("port " + port + " answers", () -> answers.get() > before);
  }

  @Override
  public void close() {
    ends = true;
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
