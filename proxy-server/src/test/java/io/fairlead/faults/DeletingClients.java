package io.fairlead.faults;

import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Clients that delete key-0, key-1 and so on, some of them each, and others that read what was
 * deleted: never may there be a value.
 */
final class DeletingClients {
  private static final int DELETERS = 4;
  private static final int READERS = 2;
  private static final int PIPELINED = 250;

  private final TestProxy proxy;
  private final int each;
  private final AtomicIntegerArray deleted = new AtomicIntegerArray(DELETERS);
  private final AtomicLong gets = new AtomicLong();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<Thread> deleters = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private volatile boolean stopped;

  private DeletingClients(TestProxy proxy, int keys) {
    this.proxy = proxy;
    this.each = keys / DELETERS;
  }

  static DeletingClients start(TestProxy proxy, int keys) {
    DeletingClients clients = new DeletingClients(proxy, keys);
    for (int i = 0; i < DELETERS; i++) {
      int part = i;
      clients.start(clients.deleters, client -> clients.delete(client, part));
    }
    for (int i = 0; i < READERS; i++) {
      clients.start(clients.readers, clients::read);
    }
    return clients;
  }

  private void start(List<Thread> threads, Consumer<RawClient> work) {
    RawClient client = proxy.client();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.accept(client);
              } catch (AssertionError | RuntimeException e) {
                faults.add(e.toString());
              }
            });
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void delete(RawClient client, int part) {
    for (int done = 0; done < each; done += PIPELINED) {
      StringBuilder lines = new StringBuilder();
      for (int i = done; i < done + PIPELINED; i++) {
        lines.append("delete key-").append(part * each + i).append("\r\n");
      }
      client.send(lines.toString());
      for (int i = done; i < done + PIPELINED; i++) {
        String line = client.readLine();
        if (!line.equals("DELETED") && !line.equals("NOT_FOUND")) {
          faults.add("delete key-" + (part * each + i) + ": " + line);
        }
        deleted.set(part, i + 1);
      }
    }
  }

  private void read(RawClient client) {
    while (!stopped) {
      int part = ThreadLocalRandom.current().nextInt(DELETERS);
      int count = deleted.get(part);
      if (count == 0) {
        continue;
      }
      // The latest ones are the most likely to be wrong.
      int back = Math.min(count, 1 + ThreadLocalRandom.current().nextInt(2000));
      String key = "key-" + (part * each + count - back);
      String line = client.send("get " + key + "\r\n").readLine();
      if (line.equals("END")) {
        gets.incrementAndGet();
      } else if (!line.startsWith("SERVER_ERROR ")) {
        faults.add("get " + key + ": " + line);
        return;
      }
    }
  }

  void awaitDeleted(int least) {
    Await.until(least + " keys are deleted", () -> count() >= least || !faults.isEmpty());
  }

  private int count() {
    int count = 0;
    for (int part = 0; part < DELETERS; part++) {
      count += deleted.get(part);
    }
    return count;
  }

  /** Waits until all keys are deleted. */
  void join() throws InterruptedException {
    for (Thread thread : deleters) {
      thread.join();
    }
    stopped = true;
    for (Thread thread : readers) {
      thread.join();
    }
  }

  /** Gets that were answered with a miss. */
  long gets() {
    return gets.get();
  }

  List<String> faults() {
    return faults;
  }
}
