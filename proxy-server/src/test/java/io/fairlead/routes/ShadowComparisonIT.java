package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server 0, with whose replies those of server 1, and in places of server 2, are compared. */
@ExtendWith(LeakCheck.class)
class ShadowComparisonIT {
  @RegisterExtension static final Servers servers = new Servers(3);

  private static Shadow compared(int server) {
    return new Shadow(RouteSetup.pool(server), 0, 1, null, 1, Shadow.MOST_IN_FLIGHT, true);
  }

  private static TestProxy start(Shadow... shadows) {
    return new RouteSetup(servers.ports())
        .start(new ShadowSettings(RouteSetup.pool(0), List.of(shadows)));
  }

  private static void awaitCompared(TestProxy proxy, int server, long compared) {
    Await.until(
        compared + " are compared",
        () -> proxy.count("s" + server, PoolEvent.SHADOW_COMPARED) == compared);
  }

  private static long mismatches(TestProxy proxy, int server) {
    return proxy.count("s" + server, PoolEvent.SHADOW_MISMATCHES);
  }

  /** Stores a value with flags: {@code 5:text}; a dash stands for none. */
  private static void store(int server, String item) {
    if (!item.equals("-")) {
      String[] parts = item.split(":", 2);
      String set = "set k " + parts[0] + " 0 " + parts[1].length() + "/" + parts[1];
      assertThat(servers.on(server, set)).isEqualTo("STORED");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the command, what server 0 has before and server 1, the reply, mismatches
    "get k,            0:a, 0:a, VALUE k 0 1/a/END, 0",
    "get k,            0:a, -,   VALUE k 0 1/a/END, 1",
    "get k,            -,   0:a, END,               1",
    "get k,            -,   -,   END,               0",
    "get k,            0:a, 0:b, VALUE k 0 1/a/END, 1",
    "get k,            0:a, 7:a, VALUE k 0 1/a/END, 1",
    "gat 60 k,         7:a, 7:a, VALUE k 7 1/a/END, 0",
    "mg k f v,         7:a, 7:a, VA 1 f7/a,         0",
    "mg k f v,         7:a, 6:a, VA 1 f7/a,         1",
    "mg k v,           7:a, 6:a, VA 1/a,            0",
    "mg k v,           7:a, 7:b, VA 1/a,            1",
    "mg k s,           7:a, 7:bb, HD s1,            1",
    "mg k v,           7:a, -,   VA 1/a,            1",
    "set k 0 0 1/n,    0:a, -,   STORED,            0",
    "add k 0 0 1/n,    -,   -,   STORED,            0",
    "add k 0 0 1/n,    -,   0:b, STORED,            1",
    "append k 0 0 1/n, 0:a, 0:b, STORED,            0",
    "delete k,         0:a, 0:b, DELETED,           0",
    "delete k,         0:a, -,   DELETED,           1",
    "touch k 60,       -,   0:a, NOT_FOUND,         1",
    "incr k 1,         0:1, 0:1, 2,                 0",
    "incr k 1,         0:1, 0:5, 2,                 1",
    "incr k 1,         0:1, 0:x, 2,                 1",
    "md k,             0:a, 0:b, HD,                0",
    "ms k 1/n,         0:a, -,   HD,                0",
  })
  void countsRepliesThatAreNotTheSame(
      String request, String first, String second, String reply, int mismatches) {
    store(0, first);
    store(1, second);
    try (TestProxy proxy = start(compared(1))) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      awaitCompared(proxy, 1, 1);

      assertThat(mismatches(proxy, 1)).isEqualTo(mismatches);
    }
  }

  /** The cas uniques are each server's own. */
  @Test
  void casUniquesAreNotCompared() {
    servers.store(0, "k", "a");
    servers.on(1, "set x 0 0 1/x");
    servers.store(1, "k", "a");
    assertThat(servers.on(0, "gets k")).isNotEqualTo(servers.on(1, "gets k"));
    try (TestProxy proxy = start(compared(1))) {
      assertThat(Servers.reply(proxy.client(), "gets k")).isEqualTo(servers.on(0, "gets k"));
      Servers.reply(proxy.client(), "mg k c v");
      awaitCompared(proxy, 1, 2);

      assertThat(mismatches(proxy, 1)).isZero();
    }
  }

  @Test
  void eachKeyOfAGetIsCompared() {
    for (String key : List.of("a", "b", "c")) {
      servers.store(0, key, "v");
      servers.store(1, key, key.equals("b") ? "w" : "v");
    }
    try (TestProxy proxy = start(compared(1))) {
      assertThat(Servers.reply(proxy.client(), "get a b c d"))
          .isEqualTo("VALUE a 0 1/v/VALUE b 0 1/v/VALUE c 0 1/v/END");
      awaitCompared(proxy, 1, 4);

      assertThat(mismatches(proxy, 1)).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 60_000, 200_000, 1_000_000})
  void valuesOfAnySizeAreCompared(int size) {
    String value = "v".repeat(size - 1);
    servers.store(0, "k", value + "v");
    servers.store(1, "k", value + "v");
    servers.store(2, "k", value + "w");
    try (TestProxy proxy = start(compared(1), compared(2))) {
      assertThat(Servers.reply(proxy.client(), "get k")).endsWith("/" + value + "v/END");
      awaitCompared(proxy, 1, 1);
      awaitCompared(proxy, 2, 1);
      assertThat(mismatches(proxy, 1)).isZero();
      assertThat(mismatches(proxy, 2)).isOne();

      assertThat(Servers.reply(proxy.client(), "set k 0 0 " + size + "/" + value + "n"))
          .isEqualTo("STORED");
      awaitCompared(proxy, 1, 2);
      awaitCompared(proxy, 2, 2);
      assertThat(mismatches(proxy, 2)).isOne();
      assertThat(servers.values("k")).containsOnly(value + "n");
    }
  }

  @Test
  void aLargeStoreThatIsNotCopiedIsNotCompared() {
    String value = "v".repeat(900_000);
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .loopBytes(3 << 20)
            .start(new ShadowSettings(RouteSetup.pool(0), List.of(compared(1))))) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 0 0 900000/" + value)).isEqualTo("STORED");
      client.send("set k 0 0 200000\r\n" + value.substring(0, 200_000) + "xx");
      client.expect("CLIENT_ERROR bad data chunk\r\n");
      proxy.awaitCount(Counter.SHADOWS_DROPPED, 2);
      assertThat(Servers.reply(proxy.client(), "set k 0 0 1/v")).isEqualTo("STORED");
      awaitCompared(proxy, 1, 1);

      assertThat(mismatches(proxy, 1)).isZero();
    }
  }

  @Test
  void aShadowThatIsDeadDiffersAndDelaysNobody() {
    servers.store(0, "k", "a");
    servers.kill(1);
    try (TestProxy proxy = start(compared(1))) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/a/END");
      assertThat(Servers.reply(client, "set k 0 0 1/b")).isEqualTo("STORED");
      awaitCompared(proxy, 1, 2);

      assertThat(mismatches(proxy, 1)).isEqualTo(2);
    }
  }

  /** Neither has a reply: in that they are the same. */
  @Test
  void bothMayBeDead() {
    servers.kill(0);
    servers.kill(1);
    try (TestProxy proxy = start(compared(1))) {
      assertThat(Servers.reply(proxy.client(), "get k"))
          .isEqualTo("SERVER_ERROR server cannot be reached");
      awaitCompared(proxy, 1, 1);

      assertThat(mismatches(proxy, 1)).isZero();
    }
  }

  /** All replies of the target come first, and those of the shadow are compared nevertheless. */
  @Test
  void aFrozenShadowDelaysNothing() {
    servers.store(0, "k", "a");
    servers.store(1, "k", "b");
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .timeout(Duration.ofSeconds(30))
            .start(new ShadowSettings(RouteSetup.pool(0), List.of(compared(1))))) {
      RawClient client = proxy.client();
      client.send("get k\r\n").expect("VALUE k 0 1\r\na\r\nEND\r\n");
      awaitCompared(proxy, 1, 1);
      servers.freeze(1);

      client.send("get k\r\nmg k v\r\n".repeat(600));
      client.expect("VALUE k 0 1\r\na\r\nEND\r\nVA 1\r\na\r\n".repeat(600));
      assertThat(proxy.count(Counter.SHADOWS_DROPPED)).isEqualTo(200);
      assertThat(proxy.count("s1", PoolEvent.SHADOW_COMPARED)).isOne();

      servers.thaw(1);
      awaitCompared(proxy, 1, 1 + Shadow.MOST_IN_FLIGHT);
      assertThat(mismatches(proxy, 1)).isEqualTo(1 + Shadow.MOST_IN_FLIGHT);
    }
  }

  /** The target is slow: what the shadow has said is kept as a hash alone. */
  @Test
  void aShadowMayAnswerLongBefore() {
    String value = "v".repeat(500_000);
    servers.store(0, "k", value);
    servers.store(1, "k", value);
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .timeout(Duration.ofSeconds(30))
            .loopBytes(3 << 20)
            .start(new ShadowSettings(RouteSetup.pool(0), List.of(compared(1))))) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "get k")).endsWith("/" + value + "/END");
      awaitCompared(proxy, 1, 1);
      servers.freeze(0);
      client.send("get k\r\n");
      proxy.awaitCount(Counter.SHADOW_REQUESTS, 2);
      Await.until("only the target is left", () -> proxy.count(Counter.IN_FLIGHT) == 1);

      assertThat(proxy.count(Counter.BUFFERED_BYTES)).isZero();
      servers.thaw(0);
      client.expect("VALUE k 0 500000\r\n" + value + "\r\nEND\r\n");
      awaitCompared(proxy, 1, 2);
      assertThat(mismatches(proxy, 1)).isZero();
    }
  }

  @Test
  void nothingIsComparedUnlessItIsWanted() {
    servers.store(0, "k", "a");
    try (TestProxy proxy = start(new Shadow(RouteSetup.pool(1), 0, 1, null, 1), compared(2))) {
      assertThat(Servers.reply(proxy.client(), "get k")).isEqualTo("VALUE k 0 1/a/END");
      awaitCompared(proxy, 2, 1);
      proxy.awaitCount(Counter.SHADOW_REQUESTS, 2);
      Await.until("both have answered", () -> proxy.count(Counter.IN_FLIGHT) == 0);

      assertThat(proxy.count("s1", PoolEvent.SHADOW_COMPARED)).isZero();
      assertThat(mismatches(proxy, 1)).isZero();
    }
  }
}
