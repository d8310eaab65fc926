package io.fairlead.faults;

import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Clients that read and write one key after the other, and count the errors. */
final class Load implements AutoCloseable {
  private final AtomicLong answers = new AtomicLong();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicReference<Throwable> wrong = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  static Load on(TestProxy proxy, int clients) {
    Load load = new Load();
    for (int i = 0; i < clients; i++) {
      RawClient client = proxy.client();
      String prefix = "client-" + i + "-";
      Thread thread = new Thread(() -> load.work(client, prefix), prefix);
      thread.setDaemon(true);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  private void work(RawClient client, String prefix) {
    try {
      for (int i = 0; !stopped; i++) {
        exchange(client, prefix + i % 500 * 7919, i % 4 == 0);
      }
    } catch (Throwable e) {
      wrong.compareAndSet(null, e);
    }
  }

  private void exchange(RawClient client, String key, boolean stores) {
    String request = stores ? "set " + key + " 0 0 " + key.length() + "\r\n" + key : "get " + key;
    String line = client.send(request + "\r\n").readLine();
    answers.incrementAndGet();
    if (line.startsWith("SERVER_ERROR ")) {
      errors.incrementAndGet();
    } else if (line.startsWith("VALUE " + key + " ")) {
      client.expect(key + "\r\nEND\r\n");
    } else if (!line.equals(stores ? "STORED" : "END")) {
      throw new AssertionError(line);
    }
  }

  int errors() {
    Throwable cause = wrong.get();
    if (cause != null) {
      throw new AssertionError("a client was answered wrongly", cause);
    }
    return errors.get();
  }

  long answers() {
    return answers.get();
  }

  void awaitAnswers(int more) {
    long least = answers.get() + more;
    Await.until(more + " more answers", () -> answers.get() >= least || wrong.get() != null);
  }

  void goOnFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      awaitAnswers(100);
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
