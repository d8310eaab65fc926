package io.fairlead.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.server.bench.BenchSettings.Mix;
import io.fairlead.testkit.FaultProxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchIT {
  private static final long MILLI = 1_000_000;
  private static final Mix GETS = new Mix(1, 0);

  @Test
  void aStallCountsForAllRequestsThatWereDueInIt() throws IOException {
    try (ScriptedBackend server = ScriptedBackend.running(stallingOnceAt(500))) {
      BenchResult result =
          run(settings(500, 2, 1, GETS), Map.of("server", server.address())).get(0);

      // One request of a thousand was answered late, and a hundred were due meanwhile.
      assertThat(result.latency().p99()).isGreaterThan(100 * MILLI);
      assertThat(result.latency().p999()).isGreaterThan(150 * MILLI);
      assertThat(result.latency().longest()).isGreaterThanOrEqualTo(195 * MILLI);
      assertThat(result.latency().p50()).isLessThan(100 * MILLI);
      assertThat(result.errors()).isZero();
    }
  }

  @Test
  void showsTheTimeThatAServerIsKnownToTake() throws IOException {
    try (ScriptedBackend server =
        ScriptedBackend.running(Script.answeringAfter(Duration.ofMillis(20), BenchIT::answer))) {
      BenchResult result =
          run(settings(40, 3, 16, GETS), Map.of("server", server.address())).get(0);

      assertThat(result.latency().p50()).isBetween(20 * MILLI, 60 * MILLI);
      assertThat(result.latency().p90()).isGreaterThanOrEqualTo(20 * MILLI);
    }
  }

  @Test
  void holdsTheRateAndTouchesOnlyKeysOfItsOwnThatExpire() throws IOException {
    try (MemcachedServer server = Memcached.start()) {
      BenchSettings settings = settings(2000, 2, 4, new Mix(3, 1));
      BenchResult result = run(settings, Map.of("server", server.address())).get(0);

      assertThat(result.rate()).isBetween(1800.0, 2200.0);
      assertThat((double) result.sets() / result.requests()).isBetween(0.2, 0.3);
      assertThat(result.hits()).isEqualTo(result.gets()).isPositive();
      assertThat(result.misses()).isZero();
      assertThat(result.errors()).isZero();
      assertThat(result.unsent()).isZero();
      assertThat(keys(server))
          .hasSize(100)
          .allSatisfy(key -> assertThat(key).startsWith("key=fairlead-bench%3A"))
          .noneSatisfy(key -> assertThat(key).contains("exp=-1"));
    }
  }

  @Test
  void saysWhatWasDueAndNeverSent() throws IOException {
    try (ScriptedBackend server =
        ScriptedBackend.running(Script.answeringAfter(Duration.ofMillis(10), BenchIT::answer))) {
      BenchSettings one =
          new BenchSettings(
              1000, millis(100), millis(1000), 1, 1, 0, 10, GETS, 1, 4, "fairlead-bench:");
      BenchResult result = run(one, Map.of("server", server.address())).get(0);

      assertThat(result.isSaturated()).isTrue();
      assertThat(result.unsent()).isGreaterThan(500);
      assertThat(result.rate()).isLessThan(200);
      assertThat(result.latency().p50()).isGreaterThan(200 * MILLI);
    }
  }

  @Test
  void comparesTwoServersInTurns() throws IOException {
    try (MemcachedServer server = Memcached.start();
        FaultProxy slow = FaultProxy.to(server).delayReplies(Duration.ofMillis(30))) {
      Map<String, SocketAddress> both = new LinkedHashMap<>();
      both.put("slow", slow.address());
      both.put("direct", server.address());

      List<BenchResult> results = run(settings(50, 2, 8, GETS), both);

      assertThat(results).extracting(BenchResult::target).containsExactly("slow", "direct");
      long difference = results.get(0).latency().p50() - results.get(1).latency().p50();
      assertThat(difference).isGreaterThan(15 * MILLI);
      assertThat(results).allSatisfy(result -> assertThat(result.requests()).isBetween(50L, 150L));
    }
  }

  @Test
  void asksForManyKeysAtOnceAndForSomeMoreOften() throws IOException {
    try (MemcachedServer server = Memcached.start()) {
      BenchSettings settings =
          new BenchSettings(
              0, millis(50), millis(500), 2, 1000, 0.99, 100, GETS, 10, 8, "fairlead-bench:x:");
      BenchResult result = run(settings, Map.of("server", server.address())).get(0);

      // A key that is asked for twice in one get is answered twice.
      assertThat(result.hits()).isEqualTo(10 * result.gets());
      assertThat(result.gets()).isGreaterThan(100);
      assertThat(result.errors()).isZero();
    }
  }

  @Test
  void countsLostConnectionsAsErrorsAndGoesOn() throws IOException {
    try (ScriptedBackend server =
        ScriptedBackend.running(
            Script.answering(BenchIT::answer), Script.answering(BenchIT::answer))) {
      server.nowRunning(
          Script.closingAfter(50, BenchIT::answer), Script.answering(BenchIT::answer));
      BenchResult result =
          run(settings(200, 2, 1, GETS), Map.of("server", server.address())).get(0);

      assertThat(result.errors()).isPositive();
      assertThat(result.problems()).contains("the server closed a connection");
      assertThat(result.requests()).isGreaterThan(200);
    }
  }

  @Test
  void saysWhoCannotBeReached() throws IOException {
    InetSocketAddress dead;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    assertThatThrownBy(() -> run(settings(10, 1, 1, GETS), Map.of("cache1", dead)))
        .isInstanceOf(Bench.UnreachableException.class)
        .hasMessageStartingWith("cache1 cannot be reached: ");
  }

  @Test
  void takesNoPrefixOfOthers() {
    assertThatThrownBy(
            () -> new BenchSettings(1, millis(1), millis(1), 1, 1, 0, 1, GETS, 1, 1, "user:"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Script stallingOnceAt(int request) {
    return peer -> {
      for (int i = 0; true; i++) {
        String line = peer.nextRequest();
        if (i == request) {
          peer.pause(Duration.ofMillis(200));
        }
        peer.send(answer(line));
      }
    };
  }

  private static String answer(String line) {
    return line.startsWith("set ") ? "STORED\r\n" : "END\r\n";
  }

  private static BenchSettings settings(double rate, int seconds, int connections, Mix mix) {
    return new BenchSettings(
        rate,
        millis(100),
        Duration.ofSeconds(seconds),
        connections,
        100,
        0,
        100,
        mix,
        1,
        512,
        BenchSettings.OWN_PREFIX);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static List<BenchResult> run(BenchSettings settings, Map<String, SocketAddress> to)
      throws IOException {
    return new Bench(settings, to, (phase, share, perSecond) -> {}).run();
  }

  private static List<String> keys(MemcachedServer server) {
    try (RawClient client = RawClient.connect(server.address())) {
      client.send("lru_crawler metadump all\r\n");
      return client.readThrough("END\r\n").lines().filter(line -> !line.equals("END")).toList();
    }
  }
}
