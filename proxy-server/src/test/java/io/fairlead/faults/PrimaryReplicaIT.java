package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ReplicaSettings.Promote;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One server decides writes, the others follow it and are read. */
@ExtendWith(LeakCheck.class)
class PrimaryReplicaIT {
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int FAILURES = 3;
  private static final int CLIENTS = 4;

  /** Each failure may take what all clients wait for: all of them write to the one that is dead. */
  private static final int MOST_LOST = CLIENTS * FAILURES;

  @RegisterExtension static final Servers servers = new Servers(3);

  private static ProxySetup ejecting() {
    return servers.primaryReplica().eject(FAILURES, RETRY, WhileEjected.ERROR);
  }

  @Test
  void writesGoToThePrimaryAndReadsToTheReplicas() {
    for (int i = 0; i < 3; i++) {
      servers.store(i, "k", "" + i);
    }
    try (TestProxy proxy = servers.primaryReplica().start()) {
      for (int i = 0; i < 10; i++) {
        RawClient client = proxy.client();
        assertThat(Servers.reply(client, "get k")).matches("VALUE k 0 1/[12]/END");
        assertThat(Servers.reply(client, "gets k")).matches("VALUE k 0 1 [0-9]+/0/END");
        assertThat(Servers.reply(client, "mg k v")).matches("VA 1/[12]");
      }
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "add k 0 0 1/x")).isEqualTo("NOT_STORED");
      assertThat(Servers.reply(client, "set k 0 0 1/x")).isEqualTo("STORED");
      assertThat(servers.values("k")).containsOnly("x");
      String token = Servers.reply(client, "gets k").split("[ /]", -1)[4];
      assertThat(Servers.reply(client, "cas k 0 0 1 " + token + "/y")).isEqualTo("STORED");
      assertThat(servers.values("k")).containsOnly("y");
    }
  }

  @Test
  void whatAReplicaDoesNotHaveComesFromThePrimary() {
    servers.store(0, "k", "v");
    try (TestProxy proxy = servers.primaryReplica().start()) {
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("VALUE k 0 1/v/END");
    }
  }

  /**
   * A replica gets the copy on the connection that the client reads from, and before its answer.
   */
  @ParameterizedTest
  @EnumSource
  void aClientReadsWhatItHasWritten(WritePolicy policy) {
    try (TestProxy proxy = servers.primaryReplica().writes(policy).start()) {
      RawClient client = proxy.client();
      for (int i = 0; i < 500; i++) {
        String value = "" + i % 10;
        assertThat(Servers.reply(client, "set k 0 0 1/" + value)).isEqualTo("STORED");
        assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/" + value + "/END");
      }
    }
  }

  @Test
  void withAnyTheReplicasGetTheirCopiesInTheBackground() {
    try (TestProxy proxy = servers.primaryReplica().writes(WritePolicy.ANY).start()) {
      RawClient client = proxy.client();
      servers.freeze(1);
      assertThat(Servers.reply(client, "set k 0 0 1/v")).isEqualTo("STORED");
      servers.thaw(1);
      Await.until("copied", () -> servers.values("k").equals(List.of("v", "v", "v")));
    }
  }

  @Test
  void whenThePrimaryIsOutTheNextIsPromotedAndTheFirstComesBack() {
    try (TestProxy proxy = ejecting().start()) {
      RawClient client = proxy.client();
      outOfService(proxy, client);
      servers.store(1, "n", "1");
      assertThat(Servers.reply(client, "incr n 1")).isEqualTo("2");

      backInService(proxy);
      servers.store(0, "n", "7");
      assertThat(Servers.reply(client, "incr n 1")).isEqualTo("8");
    }
  }

  @Test
  void withoutFailBackThePromotedOneStaysThePrimary() {
    try (TestProxy proxy =
        ejecting().replicas(usual -> usual.with(Promote.FIRST_LIVE, false)).start()) {
      RawClient client = proxy.client();
      outOfService(proxy, client);
      servers.store(1, "n", "1");
      assertThat(Servers.reply(client, "incr n 1")).isEqualTo("2");

      backInService(proxy);
      servers.store(0, "n", "7");
      assertThat(Servers.reply(client, "incr n 1")).isEqualTo("3");
    }
  }

  @Test
  void withoutPromotionWritesFailAndReadsGoOn() {
    try (TestProxy proxy = ejecting().replicas(usual -> usual.with(Promote.NEVER, true)).start()) {
      RawClient client = proxy.client();
      Servers.reply(client, "set k 0 0 1/v");
      outOfService(proxy, client);

      for (String request :
          List.of("set k 0 0 1/x", "incr k 1", "delete k", "gets k", "ms k 1/x", "gat 1 k")) {
        assertThat(Servers.reply(client, request))
            .as(request)
            .isEqualTo("SERVER_ERROR server is ejected");
      }
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/v/END");
      assertThat(Servers.reply(client, "mg k v")).isEqualTo("VA 1/v");
      assertThat(servers.values("k")).containsExactly("x", "v", "v");
      backInService(proxy);
      assertThat(Servers.reply(client, "set k 0 0 1/y")).isEqualTo("STORED");
    }
  }

  private static void outOfService(TestProxy proxy, RawClient client) {
    servers.kill(0);
    Await.until(
        "the primary is ejected",
        () -> {
          Servers.reply(client, "set other 0 0 1/x");
          return !proxy.isUp(0);
        });
  }

  private static void backInService(TestProxy proxy) {
    servers.reset(0);
    proxy.awaitUp(0);
  }

  /** Writes fail until the primary is ejected, and no longer; reads do not fail at all. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void killedUnderLoadItCostsFewWritesAndNoRead(boolean failBack) throws InterruptedException {
    try (TestProxy proxy =
        ejecting().replicas(usual -> usual.with(Promote.FIRST_LIVE, failBack)).start()) {
      Load load = new Load(proxy);
      load.await(2_000);
      servers.kill(0);
      proxy.awaitEjected(0);
      load.await(CLIENTS); // what was on its way
      int untilEjection = load.failedWrites.get();
      load.await(2_000);
      int afterwards = load.failedWrites.get() - untilEjection;
      load.stop();

      System.out.printf(
          Locale.ROOT,
          "%-36s %d writes failed until the ejection (limit %d), %d later, %d reads (limit 0)%n",
          "KILL -9 of the primary under load",
          untilEjection,
          MOST_LOST,
          afterwards,
          load.failedReads.get());
      assertThat(load.wrong).isEmpty();
      assertThat(untilEjection).isLessThanOrEqualTo(MOST_LOST);
      assertThat(afterwards).isLessThanOrEqualTo(CLIENTS);
      assertThat(load.failedReads.get()).isZero();
    }
  }

  /** Clients that write and read keys of their own. */
  private static final class Load {
    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger failedWrites = new AtomicInteger();
    final AtomicInteger failedReads = new AtomicInteger();
    final List<Throwable> wrong = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Load(TestProxy proxy) {
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = proxy.client();
        String prefix = "client" + i + "-";
        Thread thread = new Thread(() -> work(client, prefix));
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      }
    }

    private void work(RawClient client, String prefix) {
      try {
        for (int i = 0; !stopped; i++) {
          String key = prefix + i % 100;
          String reply = Servers.reply(client, "set " + key + " 0 0 3/" + (100 + i % 900));
          boolean stored = reply.equals("STORED");
          (stored ? answered : failedWrites).incrementAndGet();
          assertThat(reply).matches("STORED|SERVER_ERROR .*");
          String value = Servers.reply(client, "get " + key);
          if (value.startsWith("SERVER_ERROR")) {
            failedReads.incrementAndGet();
          } else if (stored) {
            assertThat(value).isEqualTo("VALUE " + key + " 0 3/" + (100 + i % 900) + "/END");
          }
        }
      } catch (Throwable e) {
        synchronized (wrong) {
          wrong.add(e);
        }
      }
    }

    void await(int more) {
      int least = answered.get() + more;
      Await.until(more + " more writes", () -> answered.get() >= least);
    }

    void stop() throws InterruptedException {
      stopped = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
