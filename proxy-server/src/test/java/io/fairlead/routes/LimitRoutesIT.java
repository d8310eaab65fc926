package io.fairlead.routes;

import static io.fairlead.routes.RouteSetup.pool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.MigrateSettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RateLimitSettings.Rate;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Operation;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes that let fewer requests pass, or pass later. */
@ExtendWith(LeakCheck.class)
class LimitRoutesIT {
  /** Two requests, and hardly ever another one. */
  private static final Rate TWO = new Rate(0.0001, 2);

  private static final Duration LONG = Duration.ofSeconds(5);

  /** All of them let these requests pass. */
  private static final Map<String, RouteSettings> TRANSPARENT = new LinkedHashMap<>();

  static {
    Rate ample = new Rate(1_000_000, 1_000_000);
    TRANSPARENT.put("rate limit", new RateLimitSettings(pool(0), ample, ample, ample, pool(1)));
    TRANSPARENT.put("migrate", new MigrateSettings(pool(1), pool(0), 1, 1));
    TRANSPARENT.put("outstanding", new OutstandingSettings(pool(0), 1, 1000, LONG));
    TRANSPARENT.put("latency", new LatencySettings(pool(0), 1, 1, 0));
    TRANSPARENT.put("no latency", new LatencySettings(pool(0), 0, 0, 0));
    TRANSPARENT.put("blackhole", new BlackholeSettings(pool(0), pool(1), Set.of(Operation.TOUCH)));
    TRANSPARENT.put(
        "slow warm-up", new SlowWarmUpSettings(pool(0), pool(1), 0.7, 0.9, 0, 0, 100_000));
  }

  @RegisterExtension static final Servers servers = new Servers(2);

  /** Rather too soon than out of memory. */
  @Test
  void aReplyThatThereIsNoRoomForDoesNotWait() {
    servers.on(0, "set big 0 0 1000000/" + "v".repeat(1_000_000));
    RouteSettings route = new LatencySettings(pool(0), 0, 600_000, 0);
    try (TestProxy proxy = new RouteSetup(servers.ports()).loopBytes(1 << 20).start(route)) {
      proxy.client().send("get big\r\n").expect("VALUE big 0 1000000\r\nvvv");
    }
  }

  private static TestProxy start(RouteSettings root) {
    return new RouteSetup(servers.ports()).start(root);
  }

  static Set<String> transparent() {
    return TRANSPARENT.keySet();
  }

  @ParameterizedTest
  @MethodSource("transparent")
  void passesLargeValuesAndManyRequestsInOrder(String name) {
    String large = "v".repeat(300_000);
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      String value = Integer.toString(100 + i);
      requests.append("set k" + i + " 0 0 3\r\n" + value + "\r\nget k" + i + " none\r\n");
      replies.append("STORED\r\nVALUE k" + i + " 0 3\r\n" + value + "\r\nEND\r\n");
      requests.append("mg k" + i + " O1 v\r\nincr k" + i + " 1\r\n");
      replies.append("VA 3 O1\r\n" + value + "\r\n" + (101 + i) + "\r\n");
    }
    try (TestProxy proxy = start(requireNonNull(TRANSPARENT.get(name)))) {
      proxy
          .client()
          .send("set big 7 0 300000\r\n" + large + "\r\nget big\r\n" + requests + "mg big v\r\n")
          .expect("STORED\r\nVALUE big 7 300000\r\n" + large + "\r\nEND\r\n")
          .expect(replies.toString())
          .expect("VA 300000\r\n" + large + "\r\n");
    }
    assertThat(servers.on(0, "get k1")).isEqualTo("VALUE k1 0 3/102/END");
    assertThat(servers.on(1, "get k1")).isEqualTo("END");
  }

  @ParameterizedTest
  @CsvSource({
    "get k/gets k/get k,                    VALUE k 0 1/5/END/VALUE k 0 1 */5/END/END",
    "get k/mg k v/mg k v,                   VALUE k 0 1/5/END/VA 1/5/EN",
    "get k none k,                          VALUE k 0 1/5/END",
    "set k 0 0 1/1/append k 0 0 1/2/add k 0 0 1/3/set k 0 0 1/4,"
        + " STORED/STORED/NOT_STORED/NOT_STORED",
    "set k 0 0 1/1/ms k 1/2/ms k 1/3,       STORED/HD/NS",
    "delete none/delete none/delete k/md k, NOT_FOUND/NOT_FOUND/NOT_FOUND/NF",
    "incr k 1/incr k 1/incr k 1/touch k 60/touch k 60/touch k 60, 6/7/8/TOUCHED/TOUCHED/TOUCHED",
  })
  void nothingIsDoneOverTheRate(String requests, String replies) {
    servers.store(0, "k", "5");

    assertThat(limited(requests, null)).isEqualTo(replies);
  }

  @ParameterizedTest
  @CsvSource({
    "get k/get k/get k/mg k v,                VALUE k 0 1/5/END/VALUE k 0 1/5/END/VALUE k 0"
        + " 1/7/END/VA 1/7",
    "set n 0 0 1/1/set n 0 0 1/2/set n 0 0 1/3/incr n 1, STORED/STORED/STORED/3",
    "delete k/delete k/delete k,              DELETED/NOT_FOUND/DELETED",
  })
  void theFallbackIsAskedOverTheRate(String requests, String replies) {
    servers.store(0, "k", "5");
    servers.store(1, "k", "7");

    assertThat(limited(requests, pool(1))).isEqualTo(replies);
  }

  private static String limited(String requests, @Nullable RouteSettings fallback) {
    try (TestProxy proxy = start(new RateLimitSettings(pool(0), TWO, TWO, TWO, fallback))) {
      String reply = Servers.reply(proxy.client(), requests);
      return reply.replaceAll("(VALUE k 0 1) \\d+", "$1 *");
    }
  }

  @Test
  void clientsTakeTurnsWhileRequestsWait() {
    servers.store(0, "n", "0");
    try (TestProxy proxy = start(new OutstandingSettings(pool(0), 1, 1000, LONG))) {
      servers.freeze(0);
      RawClient many = proxy.client().send("incr n 1\r\n".repeat(5));
      proxy.awaitCount(Counter.CMD_ARITHMETIC, 5);
      RawClient one = proxy.client().send("incr n 1\r\n");
      proxy.awaitCount(Counter.CMD_ARITHMETIC, 6);

      servers.thaw(0);

      one.expect("3\r\n");
      many.expect("1\r\n2\r\n4\r\n5\r\n6\r\n");
    }
  }

  @Test
  void noMoreThanTheLimitAreInFlight() {
    servers.store(0, "n", "0");
    try (TestProxy proxy = start(new OutstandingSettings(pool(0), 3, 1000, LONG))) {
      servers.freeze(0);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 1; i <= 10; i++) {
        clients.add(proxy.client().send("incr n 1\r\n"));
        proxy.awaitCount(Counter.CMD_ARITHMETIC, i);
      }
      assertThat(proxy.count(Counter.SERVER_REQUESTS)).isEqualTo(3);

      servers.thaw(0);

      for (int i = 1; i <= 10; i++) {
        clients.get(i - 1).expect(i + "\r\n");
      }
    }
  }

  @Test
  void aRequestDoesNotWaitForEver() {
    Duration shortly = Duration.ofMillis(50);
    try (TestProxy proxy = start(new OutstandingSettings(pool(0), 1, 1000, shortly))) {
      servers.freeze(0);
      proxy.client().send("set a 0 0 1\r\n1\r\n");
      proxy.awaitCount(Counter.CMD_SET, 1);

      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get a/set a 0 0 1/2/mg a q/delete a"))
          .isEqualTo("SERVER_ERROR server timed out/".repeat(3) + "SERVER_ERROR server timed out");
      servers.thaw(0);
      assertThat(Servers.reply(client, "set a 0 0 1/3/get a"))
          .isEqualTo("STORED/VALUE a 0 1/3/END");
    }
  }

  @Test
  void tooManyDoNotWait() {
    try (TestProxy proxy = start(new OutstandingSettings(pool(0), 1, 2, LONG))) {
      servers.freeze(0);
      RawClient client = proxy.client().send("get a\r\nget b\r\nget c\r\n");
      proxy.awaitCount(Counter.CMD_GET, 3);

      assertThat(Servers.reply(proxy.client(), "get d/set d 0 0 1/1"))
          .isEqualTo(
              "SERVER_ERROR server is overloaded: too many requests wait for it/"
                  + "SERVER_ERROR server is overloaded: too many requests wait for it");
      servers.thaw(0);
      client.expect("END\r\n".repeat(3));
    }
  }

  @Test
  void whoWaitsIsAnsweredWhenTheServerDies() {
    try (TestProxy proxy = start(new OutstandingSettings(pool(0), 1, 10_000, LONG))) {
      servers.freeze(0);
      RawClient client = proxy.client().send("delete a\r\n".repeat(5000));
      proxy.awaitCount(Counter.CMD_DELETE, 1);
      servers.kill(0);

      for (int i = 0; i < 5000; i++) {
        assertThat(client.readLine()).startsWith("SERVER_ERROR server");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"40, 0, 0, 40", "0, 40, 0, 40", "0, 0, 40, 40", "20, 20, 30, 40", "20, 0, 60, 60"})
  void repliesComeLater(int before, int after, int total, int least) {
    servers.store(0, "k", "5");
    try (TestProxy proxy = start(new LatencySettings(pool(0), before, after, total))) {
      for (String request : new String[] {"get k", "mg k v", "incr k 1"}) {
        long begun = System.nanoTime();
        assertThat(Servers.reply(proxy.client(), request)).contains("5").doesNotContain("ERROR");
        // a millisecond less, as the loop's clock is read once in a turn
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isGreaterThanOrEqualTo(Duration.ofMillis(least - 1));
        servers.store(0, "k", request.startsWith("mg") ? "4" : "5"); // 4 becomes 5 by incr
      }
    }
  }

  @Test
  void someOperationsAreSwallowed() {
    servers.store(0, "k", "5");
    servers.store(1, "k", "5");
    Set<Operation> swallowed = Set.of(Operation.DELETE, Operation.INCR);
    try (TestProxy proxy = start(new BlackholeSettings(pool(0), null, swallowed))) {
      assertThat(Servers.reply(proxy.client(), "delete k/md k k O1/incr k 1/ma k v/decr k 1"))
          .isEqualTo("NOT_FOUND/NF kk O1/NOT_FOUND/NF/4");
    }
    assertThat(servers.values("k")).containsExactly("4", "5");
  }

  @Test
  void swallowedOperationsMayGoElsewhere() {
    servers.store(0, "k", "5");
    servers.store(1, "k", "5");
    Set<Operation> swallowed = Set.of(Operation.INCR);
    try (TestProxy proxy = start(new BlackholeSettings(pool(0), pool(1), swallowed))) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "incr k 1/get k")).isEqualTo("NOT_FOUND/VALUE k 0 1/5/END");
      Await.until("the other server is told", () -> servers.values("k").equals(List.of("5", "6")));
    }
  }

  @Test
  void aColdServerIsSparedReads() {
    servers.store(1, "k", "7");
    SlowWarmUpSettings settings = new SlowWarmUpSettings(pool(0), pool(1), 0.7, 0.9, 0, 0, 10);
    try (TestProxy proxy = start(settings)) {
      RawClient client = proxy.client();
      for (int i = 0; i < 10; i++) {
        assertThat(Servers.reply(client, i % 2 == 0 ? "get k" : "mg k v")).startsWith("EN");
      }

      assertThat(Servers.reply(client, "get k none k/mg k v"))
          .isEqualTo("VALUE k 0 1/7/VALUE k 0 1/7/END/VA 1/7");
      assertThat(Servers.reply(client, "set k 0 0 1/5/incr k 1/delete none"))
          .isEqualTo("STORED/6/NOT_FOUND");
    }
    assertThat(servers.values("k")).containsExactly("6", "7");
  }

  @Test
  void aWarmServerGetsEveryRead() {
    String large = "v".repeat(300_000);
    servers.store(1, "k", "7");
    SlowWarmUpSettings settings = new SlowWarmUpSettings(pool(0), pool(1), 0.7, 0.9, 0, 0, 10);
    try (TestProxy proxy = start(settings)) {
      RawClient client = proxy.client();
      client.send("set k 0 0 300000\r\n" + large + "\r\n").expect("STORED\r\n");
      for (int i = 0; i < 30; i++) {
        client.send("get k\r\n").expect("VALUE k 0 300000\r\n" + large + "\r\nEND\r\n");
      }
    }
  }
}
