package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import io.fairlead.testkit.ScriptedBackend.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a server stops getting requests, what its keys get meanwhile, and how it comes back. */
@ExtendWith(LeakCheck.class)
class EjectionIT {
  private static final Duration RETRY = Duration.ofMillis(150);
  private static final Duration NEVER = Duration.ofMinutes(1);
  private static final String EJECTED = "SERVER_ERROR server is ejected";

  /** Answers probes and nothing else. */
  private static final Script DEAF =
      Script.answering(line -> line.equals("version") ? Answers.of(line) : "");

  @Test
  void ejectsAfterSoManyFailuresInARow() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.closingAfter(0, Answers::of));
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .eject(3, NEVER, WhileEjected.ERROR)
                .timeout(ProxySetup.TIMEOUT)
                .start()) {
      RawClient client = proxy.client();
      for (int failure = 1; failure <= 3; failure++) {
        assertThat(proxy.isUp(0)).isTrue();
        client.send("incr n 1\r\n").expect("SERVER_ERROR server closed the connection\r\n");
        assertThat(proxy.status(0).failuresInARow()).isEqualTo(failure);
      }

      assertThat(proxy.isUp(0)).isFalse();
      assertThat(proxy.count(Counter.EJECTIONS)).isOne();
      client.send("incr n 1\r\n").expect(EJECTED + "\r\n");
    }
  }

  @Test
  void anAnswerForgetsEarlierFailures() {
    Script everySecond = Script.closingAfter(1, Answers::of);
    try (ScriptedBackend backend = ScriptedBackend.running(everySecond);
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .eject(2, NEVER, WhileEjected.ERROR)
                .timeout(ProxySetup.TIMEOUT)
                .start()) {
      RawClient client = proxy.client();
      for (int i = 0; i < 10; i++) {
        client.send("incr n 1\r\n").expect("1\r\n");
        client.send("incr n 1\r\n").expect("SERVER_ERROR server closed the connection\r\n");
      }
      assertThat(proxy.count(Counter.EJECTIONS)).isZero();
    }
  }

  @Test
  void manyRequestsThatTimeOutTogetherAreOneFailure() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent());
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .eject(3, NEVER, WhileEjected.ERROR)
                .timeout(ProxySetup.TIMEOUT)
                .start()) {
      RawClient client = proxy.client().send("incr n 1\r\n".repeat(50));
      for (int i = 0; i < 50; i++) {
        assertThat(client.readLine()).isEqualTo("SERVER_ERROR server timed out");
      }
      assertThat(proxy.isUp(0)).isTrue();
      assertThat(proxy.count(Counter.TIMEOUTS)).isEqualTo(50);
    }
  }

  @Test
  void failsAtOnceWhileItsServerIsEjected() {
    try (ScriptedBackend backend = ScriptedBackend.running(DEAF);
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .eject(1, NEVER, WhileEjected.ERROR)
                .timeout(ProxySetup.TIMEOUT)
                .start()) {
      RawClient client = proxy.client().send("get k\r\n");
      assertThat(client.readLine()).startsWith("SERVER_ERROR ");
      int before = backend.lines().size();

      Latencies.check(
          "EJECTED, mode error",
          Duration.ZERO,
          latencies -> {
            for (int i = 0; i < 100; i++) {
              long sent = System.nanoTime();
              assertThat(client.send("get k\r\n").readLine()).isEqualTo(EJECTED);
              latencies.ended(sent);
            }
          });
      assertThat(client.send("set k 0 0 1\r\nx\r\n").readLine()).isEqualTo(EJECTED);
      String large = "set k 0 0 100000\r\n" + "x".repeat(100_000) + "\r\n";
      assertThat(client.send(large).readLine()).isEqualTo(EJECTED);
      assertThat(client.send("get k\r\n").readLine()).isEqualTo(EJECTED);
      assertThat(backend.lines()).hasSize(before);
    }
  }

  @Test
  void aProbeIsAVersionOnItsOwnConnectionAndNeverAClientsRequest() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent());
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .eject(1, RETRY, WhileEjected.ERROR)
                .timeout(ProxySetup.TIMEOUT)
                .start()) {
      RawClient client = proxy.client();
      client.send("get first\r\n").expect("SERVER_ERROR server timed out\r\n");
      proxy.awaitEjected(0);
      while (proxy.count(Counter.PROBES) < 3) {
        client.send("get k\r\n").expect(EJECTED + "\r\n");
      }
      List<Received> received = backend.received();
      assertThat(received.get(0).line()).isEqualTo("get first");
      assertThat(received.subList(1, received.size()))
          .hasSizeGreaterThanOrEqualTo(2)
          .allSatisfy(probe -> assertThat(probe.line()).isEqualTo("version"))
          .doesNotHaveDuplicates()
          .extracting(Received::connection)
          .doesNotHaveDuplicates();
      assertThat(proxy.isUp(0)).isFalse();
    }
  }

  @Test
  void comesBackWithinTheRetryTimeAndKeepsItsPlace() {
    Duration limit = RETRY.plusMillis(200);

    assertThat(Shortest.of(limit, () -> timeToComeBack(limit))).isLessThan(limit);
  }

  private static Duration timeToComeBack(Duration limit) {
    try (ScriptedBackend backend = ScriptedBackend.answering(Answers::of);
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .eject(2, RETRY, WhileEjected.ERROR)
                .timeout(ProxySetup.TIMEOUT)
                .start()) {
      RawClient client = proxy.client().send("get k\r\n").expect(Answers.get("k"));
      backend.refuse();
      backend.closeConnections();
      assertThat(client.send("get k\r\n").readLine()).startsWith("SERVER_ERROR ");
      proxy.awaitEjected(0);

      backend.listen();
      Duration back = Await.until("it is up", () -> proxy.isUp(0));

      System.out.printf(
          Locale.ROOT,
          "%-36s back after %d ms (limit %d)%n",
          "EJECTED, then listening",
          back.toMillis(),
          limit.toMillis());
      client.send("get k\r\n").expect(Answers.get("k"));
      return back;
    }
  }

  @Test
  void aServerThatAnswersProbesButNoRequestsFlapsWithoutHarm() {
    try (ScriptedBackend good = ScriptedBackend.answering(Answers::of);
        ScriptedBackend flapping = ScriptedBackend.running(DEAF);
        TestProxy proxy =
            ProxySetup.sharded(good.port(), flapping.port())
                .eject(1, RETRY, WhileEjected.REHASH)
                .timeout(Duration.ofMillis(50))
                .start()) {
      RawClient client = proxy.client();
      int failed = 0;
      int asked = 0;
      while (proxy.count(Counter.EJECTIONS) < 5) {
        String key = "k" + asked++ * 7919;
        String line = client.send("get " + key + "\r\n").readLine();
        if (line.startsWith("SERVER_ERROR ")) {
          failed++;
        } else {
          client.expect(Answers.valueOf(key) + "\r\nEND\r\n");
        }
      }
      long ejections = proxy.count(Counter.EJECTIONS);
      System.out.printf("%-36s %d of %d gets failed (limit %d)%n", "FLAPPING", failed, asked, 5);
      assertThat(failed).isEqualTo((int) ejections);
    }
  }

  @Test
  void rehashMovesTheKeysOfAKilledServerAndBringsThemBack() {
    List<MemcachedServer> servers = Memcached.startAll(3);
    try (TestProxy proxy =
        ProxySetup.sharded(servers)
            .eject(2, RETRY, WhileEjected.REHASH)
            .timeout(ProxySetup.TIMEOUT)
            .start()) {
      RawClient client = proxy.client();
      List<String> keys = keys();
      keys.forEach(key -> client.send("set " + key + " 0 0 1\r\n1\r\n").expect("STORED\r\n"));
      List<String> ofKilled = keysOn(servers.get(1), keys);

      servers.get(1).kill();
      Await.until("it is ejected", () -> isEjectedAfterAGetOf(ofKilled.get(0), client, proxy));

      assertThat(misses(client, keys)).containsExactlyInAnyOrderElementsOf(ofKilled);
      keys.forEach(key -> client.send("set " + key + " 0 0 1\r\n2\r\n").expect("STORED\r\n"));
      assertThat(misses(client, keys)).isEmpty();

      servers.get(1).restart();
      proxy.awaitUp(1);
      assertThat(misses(client, keys)).containsExactlyInAnyOrderElementsOf(ofKilled);
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  private static boolean isEjectedAfterAGetOf(String key, RawClient client, TestProxy proxy) {
    assertThat(client.send("get " + key + "\r\n").readLine()).matches("END|SERVER_ERROR .*");
    return !proxy.isUp(1);
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      keys.add("key-" + Integer.toHexString(i * 0x9E3779B9));
    }
    return keys;
  }

  private static List<String> keysOn(MemcachedServer server, List<String> keys) {
    try (RawClient direct = RawClient.connect(server.address())) {
      List<String> missing = misses(direct, keys);
      List<String> there = keys.stream().filter(key -> !missing.contains(key)).toList();
      assertThat(there).hasSizeBetween(10, 60);
      return there;
    }
  }

  private static List<String> misses(RawClient client, List<String> keys) {
    String reply = client.send("get " + String.join(" ", keys) + "\r\n").readThrough("END\r\n");
    assertThat(reply).doesNotContain("ERROR");
    return keys.stream()
        .filter(key -> !reply.contains("VALUE " + key + " "))
        .collect(Collectors.toList());
  }

  @Test
  void whenEveryServerIsEjectedRequestsFailAtOnce() {
    try (ScriptedBackend one = ScriptedBackend.answering(Answers::of);
        ScriptedBackend two = ScriptedBackend.answering(Answers::of)) {
      one.refuse();
      two.refuse();
      try (TestProxy proxy =
          ProxySetup.sharded(one.port(), two.port())
              .eject(1, RETRY, WhileEjected.REHASH)
              .timeout(ProxySetup.TIMEOUT)
              .start()) {
        proxy.awaitEjected(0);
        proxy.awaitEjected(1);
        RawClient client = proxy.client();
        assertThat(client.send("get a b c\r\n").readLine()).isEqualTo(EJECTED);
        assertThat(client.send("set a 0 0 1\r\nx\r\n").readLine()).isEqualTo(EJECTED);

        two.listen();
        proxy.awaitUp(1);
        client.send("get a b c\r\n").expect(Answers.of("get a b c"));
      }
    }
  }
}
