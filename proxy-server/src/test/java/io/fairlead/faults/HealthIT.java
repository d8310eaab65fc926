package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectBuilder;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.health.FailureKind;
import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The health of servers that two event loops share. */
@ExtendWith(LeakCheck.class)
class HealthIT {
  private static final int FAILURES = 3;

  private static EjectBuilder rehash() {
    return EjectSettings.with(WhileEjected.REHASH).failures(FAILURES);
  }

  @Test
  void aKilledServerCostsAFewErrorsAndThenNone() {
    List<MemcachedServer> servers = Memcached.startAll(3);
    try (TestProxy proxy =
        ProxySetup.sharded(servers)
            .eject(rehash().build())
            .loops(2)
            .timeout(ProxySetup.TIMEOUT)
            .start()) {
      int clients = 8;
      try (Load load = Load.on(proxy, clients)) {
        load.awaitAnswers(5_000);
        servers.get(1).kill();
        proxy.awaitEjected(1);
        int errors = load.errors();
        assertThat(errors).isLessThanOrEqualTo(clients + FAILURES);
        load.awaitAnswers(100);
        int onTheirWay = load.errors();
        assertThat(onTheirWay).isLessThanOrEqualTo(clients + FAILURES);

        load.goOnFor(Duration.ofSeconds(10));

        System.out.printf(
            Locale.ROOT,
            "%-36s %d of %d requests failed (limit %d)%n",
            "KILL -9, 2 loops, then 10 s dead",
            load.errors(),
            load.answers(),
            clients + FAILURES);
        assertThat(load.errors()).isEqualTo(onTheirWay);
        assertThat(proxy.count(Counter.EJECTIONS)).isOne();
        assertThat(proxy.status(1).health().probes()).isBetween(5L, 15L);
        assertThat(proxy.count(Counter.PROBES)).isEqualTo(proxy.status(1).health().probes());
      }
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  @Test
  void aFrozenServerIsOutAfterAFewTimeOutsAndOtherKeysNoticeNothing() {
    List<MemcachedServer> servers = Memcached.startAll(3);
    Duration timeout = ProxySetup.TIMEOUT;
    try (TestProxy proxy =
        ProxySetup.sharded(servers).eject(rehash().build()).loops(2).timeout(timeout).start()) {
      RawClient client = proxy.client();
      String frozenKey = keyOf(servers.get(1), client);
      String otherKey = keyOf(servers.get(0), client);
      servers.get(1).freeze();

      int stalled = 0;
      while (proxy.isUp(1)) {
        long sent = System.nanoTime();
        String line = client.send("get " + frozenKey + "\r\n").readLine();
        stalled += line.equals("SERVER_ERROR server timed out") ? 1 : 0;
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(timeout.plusSeconds(1));
        client.send("get " + otherKey + "\r\n").readThrough("END\r\n");
      }

      assertThat(stalled).isBetween(1, FAILURES);
      assertThat(proxy.status(1).health().reason()).isEqualTo(FailureKind.TIMEOUT);
      client.send("get " + frozenKey + "\r\n").expect("END\r\n");
      servers.get(1).thaw();
      proxy.awaitUp(1);
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  @Test
  void aRestartedServerIsBackAfterTheNextProbe() {
    Duration probe = Duration.ofMillis(100);
    Duration limit = probe.plusMillis(200);

    assertThat(Shortest.of(limit, () -> timeToBeBack(probe, limit))).isLessThan(limit);
  }

  private static Duration timeToBeBack(Duration probe, Duration limit) {
    List<MemcachedServer> servers = Memcached.startAll(3);
    EjectSettings eject = rehash().every(probe).build();
    try (TestProxy proxy = ProxySetup.sharded(servers).eject(eject).loops(2).start()) {
      RawClient client = proxy.client();
      killAndEject(servers, 1, proxy, client);
      servers.get(1).restart();
      Duration back = Await.until("it is back", () -> proxy.isUp(1));

      System.out.printf(
          Locale.ROOT,
          "%-36s back after %d ms (limit %d)%n",
          "RESTART",
          back.toMillis(),
          limit.toMillis());
      assertThat(proxy.status(1).state()).isEqualTo(State.RAMPING);
      return back;
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, 1, false",
    "3, 2, 1, true",
    "10, 3, 3, false",
    "10, 5, 3, false",
    "10, 6, 3, true"
  })
  void soManyOfThemMayBeOut(int count, int dead, int out, boolean panics) {
    List<MemcachedServer> servers = Memcached.startAll(count);
    // No probe may bring back what is dead, nor anything else change while this looks.
    EjectSettings eject = rehash().failures(1).connectFailures(1).build();
    try (TestProxy proxy = ProxySetup.sharded(servers).eject(eject).loops(2).start()) {
      RawClient client = proxy.client();
      List<String> keys = keys();
      for (int i = 0; i < dead; i++) {
        servers.get(i).kill();
      }
      Await.until(
          "it knows of all that are dead",
          () -> {
            keys.forEach(key -> ask(client, key));
            return states(proxy).stream().filter(state -> state != State.UP).count() == dead;
          });

      assertThat(states(proxy).stream().filter(State::isOut)).hasSize(out);
      assertThat(states(proxy).stream().filter(State.FAILING::equals)).hasSize(dead - out);
      long errors = keys.stream().filter(key -> !ask(client, key)).count();
      if (panics) {
        assertThat(errors).as("keys of the dead fail").isBetween(1L, keys.size() - 1L);
      } else if (dead == out) {
        assertThat(errors).as("all keys have moved").isZero();
      }
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  @Test
  void whenAllAreDeadRequestsFailAtOnceAndAllAreBackWithinASecond() {
    Duration limit = Duration.ofMillis(1200);

    assertThat(Shortest.of(limit, HealthIT::timeForAllToBeBack)).isLessThan(limit);
  }

  private static Duration timeForAllToBeBack() {
    List<MemcachedServer> servers = Memcached.startAll(3);
    try (TestProxy proxy =
        ProxySetup.sharded(servers)
            .eject(rehash().build())
            .loops(2)
            .timeout(ProxySetup.TIMEOUT)
            .start()) {
      RawClient client = proxy.client();
      servers.forEach(MemcachedServer::kill);
      List<String> keys = keys();
      Await.until(
          "it knows",
          () -> {
            keys.forEach(key -> ask(client, key));
            return states(proxy).stream().noneMatch(State.UP::equals);
          });
      Latencies.check(
          "all dead",
          Duration.ZERO,
          latencies -> {
            for (int i = 0; i < 200; i++) {
              long sent = System.nanoTime();
              assertThat(client.send("get k" + i + "\r\n").readLine()).startsWith("SERVER_ERROR ");
              latencies.ended(sent);
            }
          });
      Await.until("pauses have grown", () -> proxy.count(Counter.PROBES) >= 12);

      servers.forEach(MemcachedServer::restart);
      Duration back =
          Await.until("every key is served", () -> keys.stream().allMatch(key -> ask(client, key)));

      System.out.printf(
          Locale.ROOT, "%-36s back after %d ms (limit 1200)%n", "ALL DEAD", back.toMillis());
      return back;
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void onlyProbesConnectToAServerThatIsOut(int loops) {
    try (ScriptedBackend good = ScriptedBackend.answering(Answers::of);
        ScriptedBackend dead = ScriptedBackend.running(Script.closingAfter(0, Answers::of));
        TestProxy proxy =
            ProxySetup.sharded(good.port(), dead.port())
                .eject(rehash().probe(Duration.ofMillis(20), Duration.ofMillis(50)).build())
                .loops(loops)
                .start()) {
      List<RawClient> clients = IntStream.range(0, 4).mapToObj(i -> proxy.client()).toList();
      List<String> keys = keys();
      while (proxy.isUp(1)) {
        clients.forEach(client -> keys.forEach(key -> ask(client, key)));
      }
      int before = dead.accepted().size();
      long probes = proxy.count(Counter.PROBES);

      while (proxy.count(Counter.PROBES) < probes + 10) {
        clients.forEach(client -> keys.forEach(key -> assertThat(ask(client, key)).isTrue()));
      }

      // One more may be on its way, or may have come before its counter was read.
      assertThat(dead.accepted().size() - before)
          .isBetween(9, (int) (proxy.count(Counter.PROBES) - probes) + 1);
      assertThat(dead.lines().subList(dead.lines().size() - 8, dead.lines().size()))
          .containsOnly("version");
    }
  }

  /** It answers probes, and nothing else. */
  @Test
  void aServerThatFlapsIsOutForLongerEachTime() {
    Script deaf = Script.answering(line -> line.equals("version") ? Answers.of(line) : "");
    Duration time = Duration.ofMillis(100);
    EjectSettings eject =
        rehash()
            .failures(1)
            .connectFailures(1)
            .time(time, Duration.ofSeconds(60))
            .probe(Duration.ofMillis(10), Duration.ofMillis(20))
            .build();
    try (ScriptedBackend good = ScriptedBackend.answering(Answers::of);
        ScriptedBackend flapping = ScriptedBackend.running(deaf);
        TestProxy proxy =
            ProxySetup.sharded(good.port(), flapping.port())
                .eject(eject)
                .timeout(Duration.ofMillis(50))
                .start()) {
      RawClient client = proxy.client();
      List<String> keys = keys();
      long began = System.nanoTime();
      int failed = 0;
      while (proxy.count(Counter.EJECTIONS) < 5) {
        failed += (int) keys.stream().filter(key -> !ask(client, key)).count();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertThat(took).as("1 + 2 + 3 + 4 times").isGreaterThanOrEqualTo(time.multipliedBy(10));
      assertThat(failed).isEqualTo(5);
    }
  }

  @Test
  void healthOutlivesAChangeOfThePool() {
    List<MemcachedServer> servers = Memcached.startAll(3);
    try (TestProxy proxy = ProxySetup.sharded(servers).eject(rehash().build()).loops(2).start()) {
      RawClient client = proxy.client();
      killAndEject(servers, 1, proxy, client);
      long failures = proxy.status(1).health().failures().values().stream().mapToLong(n -> n).sum();

      proxy.update(
          ProxySetup.sharded(servers)
              .eject(rehash().panic(PanicSettings.NEVER).build())
              .timeout(Duration.ofSeconds(3))
              .loops(2)
              .settings());

      assertThat(proxy.status(1).state().isOut()).isTrue();
      keys().forEach(key -> assertThat(ask(client, key)).isTrue());
      assertThat(proxy.status(1).health().failures().values().stream().mapToLong(n -> n).sum())
          .isEqualTo(failures);
      servers.get(1).restart();
      proxy.awaitUp(1);
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  private static void killAndEject(
      List<MemcachedServer> servers, int index, TestProxy proxy, RawClient client) {
    servers.get(index).kill();
    Await.until(
        "it is ejected",
        () -> {
          keys().forEach(key -> ask(client, key));
          return proxy.status(index).state().isOut();
        });
  }

  private static List<State> states(TestProxy proxy) {
    return proxy.statuses().stream().map(ServerStatus::state).toList();
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      keys.add("key-" + Integer.toHexString(i * 0x9E3779B9));
    }
    return keys;
  }

  /** Gets a key; false when that failed. */
  private static boolean ask(RawClient client, String key) {
    String line = client.send("get " + key + "\r\n").readLine();
    if (line.startsWith("SERVER_ERROR ")) {
      return false;
    }
    if (!line.equals("END")) {
      client.readThrough("END\r\n");
    }
    return true;
  }

  /** A key that the proxy stores on a server. */
  private static String keyOf(MemcachedServer server, RawClient client) {
    List<String> keys = keys();
    keys.forEach(key -> client.send("set " + key + " 0 0 1\r\nx\r\n").expect("STORED\r\n"));
    try (RawClient direct = RawClient.connect(server.address())) {
      String found = direct.send("get " + String.join(" ", keys) + "\r\n").readThrough("END\r\n");
      return found.split(" ", -1)[1];
    }
  }
}
