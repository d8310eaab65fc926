package io.fairlead.server;

import com.google.common.util.concurrent.Uninterruptibles;
import io.fairlead.faults.Await;
import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Deletes one key after the other, on a new connection when the old one ends. */
final class DeletingClient implements AutoCloseable {
  private final int port;
  private final String name;
  private final Thread thread = new Thread(this::run, "deletes");
  private final AtomicInteger count = new AtomicInteger();

  private final List<String> done = new ArrayList<>();
  private volatile boolean ends;

  DeletingClient(int port, String name) {
    this.port = port;
    this.name = name;
    thread.start();
  }

  private void run() {
    int key = 0;
    while (!ends) {
      try (RawClient client = RawClient.connect(port)) {
        while (!ends) {
          String line = "delete " + name + "-" + key++;
          if (client.send(line + "\r\n").readLine().equals("NOT_FOUND")) {
            done.add(line);
            count.incrementAndGet();
          }
        }
      } catch (AssertionError e) {
        // Closed between two replies: this delete was not done, or may have been.
      }
    }
  }

  void awaitDone(int wanted) {
    Await.until("deletes are kept", () -> count.get() >= wanted);
  }

  /** Those that were answered {@code NOT_FOUND}, when no more will come. */
  List<String> stop() {
    close();
    return done;
  }

  @Override
  public void close() {
    ends = true;
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
