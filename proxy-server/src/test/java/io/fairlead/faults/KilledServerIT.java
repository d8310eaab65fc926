package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of three memcached servers is killed under load: few requests fail, none hangs. */
@ExtendWith(LeakCheck.class)
class KilledServerIT {
  private static final int CLIENTS = 8;
  private static final int EJECT_AFTER = 3;
  private static final Duration RETRY = Duration.ofMillis(200);

  private final AtomicLong answered = new AtomicLong();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicLong slowest = new AtomicLong();
  private final List<Throwable> wrong = new ArrayList<>();
  private volatile boolean stopped;

  @Test
  void killedWhileKeysMoveToTheOthers() throws InterruptedException {
    killOneOfThree(WhileEjected.REHASH);

    assertThat(errors.get()).isLessThanOrEqualTo(CLIENTS + EJECT_AFTER);
  }

  @Test
  void killedWhileItsKeysFail() throws InterruptedException {
    killOneOfThree(WhileEjected.ERROR);

    assertThat(errors.get()).isPositive();
  }

  private void killOneOfThree(WhileEjected mode) throws InterruptedException {
    List<MemcachedServer> servers = Memcached.startAll(3);
    try (TestProxy proxy =
        ProxySetup.sharded(servers)
            .eject(EJECT_AFTER, RETRY, mode)
            .timeout(ProxySetup.TIMEOUT)
            .start()) {
      List<Thread> load = startLoad(proxy);
      awaitAnswers(5_000);
      servers.get(1).kill();
      proxy.awaitEjected(1);
      int atEjection = errors.get();
      awaitAnswers(5_000);
      if (mode == WhileEjected.REHASH) {
        assertThat(errors.get() - atEjection)
            .as("errors since the ejection, but for those that were on their way")
            .isLessThanOrEqualTo(CLIENTS);
      }
      servers.get(1).restart();
      proxy.awaitUp(1);
      int whenUp = errors.get();
      awaitAnswers(5_000);
      stopped = true;
      for (Thread thread : load) {
        thread.join();
      }
      System.out.printf(
          Locale.ROOT,
          "%-36s %d of %d requests failed (limit %s), slowest %.1f ms%n",
          "KILL -9 under load, mode " + mode,
          errors.get(),
          answered.get(),
          mode == WhileEjected.REHASH ? CLIENTS + EJECT_AFTER : "none after its return",
          slowest.get() / 1e6);
      assertThat(wrong).isEmpty();
      assertThat(errors.get() - whenUp).as("errors after its return").isLessThanOrEqualTo(CLIENTS);
      assertThat(proxy.count(Counter.PROTOCOL_VIOLATIONS)).isZero();
      assertThat(Duration.ofNanos(slowest.get())).isLessThan(Duration.ofSeconds(2));
      try (RawClient direct = RawClient.connect(servers.get(1).address())) {
        String stats = direct.send("stats\r\n").readThrough("END\r\n");
        assertThat(stats).as("its keys are back").doesNotContain("STAT cmd_set 0\r\n");
      }
    } finally {
      stopped = true;
      servers.forEach(MemcachedServer::close);
    }
  }

  private void awaitAnswers(int more) {
    long least = answered.get() + more;
    Await.until(more + " more answers", () -> answered.get() >= least);
  }

  private List<Thread> startLoad(TestProxy proxy) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      RawClient client = proxy.client();
      String prefix = "client-" + i + "-";
      Thread thread = new Thread(() -> work(client, prefix));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  /** Stores and reads keys of its own; each value names its key and may be absent, never wrong. */
  private void work(RawClient client, String prefix) {
    try {
      for (int i = 0; !stopped; i++) {
        String key = prefix + i % 500 * 7919;
        long start = System.nanoTime();
        exchange(client, key, i % 4 == 0);
        slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
        answered.incrementAndGet();
      }
    } catch (Throwable e) {
      synchronized (wrong) {
        wrong.add(e);
      }
    }
  }

  private void exchange(RawClient client, String key, boolean store) {
    String value = Answers.valueOf(key);
    client.send(
        store
            ? "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n"
            : "get " + key + "\r\n");
    String line = client.readLine();
    if (line.startsWith("SERVER_ERROR ")) {
      errors.incrementAndGet();
    } else if (line.startsWith("VALUE ")) {
      assertThat(line).isEqualTo("VALUE " + key + " 0 " + value.length());
      client.expect(value + "\r\nEND\r\n");
    } else {
      assertThat(line).isEqualTo(store ? "STORED" : "END");
    }
  }
}
