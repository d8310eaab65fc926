package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server 0, whose requests servers 1 and 2 shadow. */
@ExtendWith(LeakCheck.class)
class ShadowIT {
  @RegisterExtension static final Servers servers = new Servers(3);

  @ParameterizedTest
  @CsvSource({
    // the command, what each server has before, the reply, what each has afterwards
    "set k 0 0 1/n,    -;-;-, STORED,            n;n;n",
    "set k 0 0 1/n,    a;b;c, STORED,            n;n;n",
    "add k 0 0 1/n,    -;b;-, STORED,            n;b;n",
    "add k 0 0 1/n,    a;-;-, NOT_STORED,        a;n;n",
    "delete k,         a;b;c, DELETED,           -;-;-",
    "delete k,         -;b;-, NOT_FOUND,         -;-;-",
    "incr k 1,         1;5;x, 2,                 2;6;x",
    "append k 0 0 1/n, a;-;c, STORED,            an;-;cn",
    "ms k 1/n,         a;b;-, HD,                n;n;n",
    "md k,             a;-;c, HD,                -;-;-",
    "get k,            a;b;-, VALUE k 0 1/a/END, a;b;-",
    "get k,            -;b;c, END,               -;b;c",
    "mg k v,           a;b;-, VA 1/a,            a;b;-",
  })
  void targetAnswersAndShadowsFollow(String request, String before, String reply, String after) {
    TwoServers.store(servers, before);
    try (TestProxy proxy = start(all(1), all(2))) {
      assertThat(Servers.reply(proxy.client(), request)).isEqualTo(reply);
      TwoServers.awaitValues(servers, after);
      assertThat(proxy.count(Counter.SHADOW_REQUESTS)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"get k, get_hits", "mg k v, get_hits", "gat 5 k, touch_hits"})
  void readsAreShadowedAsReads(String request, String counted) {
    servers.store(1, "k", "b");
    long before = counter(counted);
    try (TestProxy proxy = start(all(1))) {
      assertThat(Servers.reply(proxy.client(), request)).isIn("END", "EN");
      Await.until("read on the shadow", () -> counter(counted) > before);
    }
  }

  private static long counter(String name) {
    return servers
        .on(1, "stats")
        .lines()
        .flatMap(all -> List.of(all.split("/", -1)).stream())
        .filter(line -> line.startsWith("STAT " + name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void shadowsKeysOfAList() {
    Shadow listed = new Shadow(RouteSetup.pool(1), 0, 1, Set.of("a", "b"), 1);
    try (TestProxy proxy = start(listed)) {
      RawClient client = proxy.client();
      for (String key : List.of("a", "b", "c", "aa", "b|#|x")) {
        assertThat(Servers.reply(client, "set " + key + " 0 0 1/v")).isEqualTo("STORED");
      }
      proxy.awaitCount(Counter.SHADOW_REQUESTS, 3);
      Await.until("stored", () -> servers.values("b|#|x").get(1).equals("v"));
      assertThat(servers.values("c").get(1)).isEqualTo("-");
      assertThat(servers.values("aa").get(1)).isEqualTo("-");
      assertThat(proxy.count(Counter.SHADOW_REQUESTS)).isEqualTo(3);
    }
  }

  @Test
  void shadowsThePartOfTheKeysWhoseHashIsInTheRange() {
    Shadow low = new Shadow(RouteSetup.pool(1), 0, 0.25, null, 1);
    Shadow high = new Shadow(RouteSetup.pool(2), 0.25, 1, null, 1);
    try (TestProxy proxy = start(low, high)) {
      RawClient client = proxy.client();
      for (int i = 0; i < 400; i++) {
        client.send("set k" + i + " 0 0 1\r\nv\r\n").expect("STORED\r\n");
      }
      Await.until("all are somewhere", () -> items(1) + items(2) == 400);
      assertThat(items(1)).isBetween(70, 130);
    }
  }

  private static int items(int server) {
    String stats = servers.on(server, "stats");
    return Integer.parseInt(stats.replaceAll(".*STAT curr_items (\\d+).*", "$1"));
  }

  @Test
  void shadowsAPartOfTheRequests() {
    try (TestProxy proxy = start(new Shadow(RouteSetup.pool(1), 0, 1, null, 0.3))) {
      RawClient client = proxy.client();
      for (int i = 0; i < 1000; i++) {
        client.send("get k\r\n").expect("END\r\n");
      }
      assertThat(proxy.count(Counter.SHADOW_REQUESTS)).isBetween(200L, 400L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 60_000, 200_000, 1_000_000})
  void shadowsValuesOfAnySize(int size) {
    String value = "v".repeat(size);
    try (TestProxy proxy = start(all(1), all(2))) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 5 0 " + size + "/" + value)).isEqualTo("STORED");
      Await.until(
          "shadowed",
          () ->
              servers.onEach("get k").stream()
                  .allMatch(("VALUE k 5 " + size + "/" + value + "/END")::equals));
      assertThat(Servers.reply(client, "get k")).endsWith("/" + value + "/END");
    }
  }

  @Test
  void aLargeValueThatEndsBadlyIsNotShadowed() {
    try (TestProxy proxy = start(all(1))) {
      RawClient client = proxy.client();
      client.send("set k 0 0 200000\r\n" + "v".repeat(200_000) + "xx");
      client.expect("CLIENT_ERROR bad data chunk\r\n");
      proxy.awaitCount(Counter.SHADOWS_DROPPED, 1);
      assertThat(servers.values("k")).containsOnly("-");
      client.send("set k 0 0 200000\r\n" + "v".repeat(1000)).close();
      proxy.awaitCount(Counter.SHADOWS_DROPPED, 2);
    }
  }

  @Test
  void givesBackTheRoomThatLargeValuesTook() {
    String value = "v".repeat(200_000);
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .loopBytes(3 << 20)
            .start(new ShadowSettings(RouteSetup.pool(0), List.of(all(1))))) {
      for (int i = 1; i <= 20; i++) {
        RawClient client = proxy.client();
        assertThat(Servers.reply(client, "set k 0 0 200000/" + value)).isEqualTo("STORED");
        client.send("set k 0 0 200000\r\n" + value.substring(1)).close();
        proxy.awaitCount(Counter.SHADOW_REQUESTS, i);
        proxy.awaitCount(Counter.SHADOWS_DROPPED, i);
      }
    }
  }

  @Test
  void aLargeValueThatThereIsNoRoomForIsNotShadowed() {
    String value = "v".repeat(900_000);
    try (TestProxy proxy =
        new RouteSetup(servers.ports())
            .loopBytes(3 << 20)
            .start(new ShadowSettings(RouteSetup.pool(0), List.of(all(1))))) {
      assertThat(Servers.reply(proxy.client(), "set k 0 0 900000/" + value)).isEqualTo("STORED");
      assertThat(proxy.count(Counter.SHADOWS_DROPPED)).isEqualTo(1);
      assertThat(servers.values("k").get(1)).isEqualTo("-");
    }
  }

  /** All replies of the target come while the shadow has not given a single one. */
  @Test
  void frozenShadowDelaysNothing() {
    servers.store(0, "k", "a");
    try (TestProxy proxy =
        patient().start(new ShadowSettings(RouteSetup.pool(0), List.of(all(1))))) {
      RawClient client = proxy.client();
      client.send("get k\r\n").expect("VALUE k 0 1\r\na\r\nEND\r\n");
      servers.freeze(1);
      client.send("get k\r\nset k 0 0 1\r\nb\r\nmg k v\r\n".repeat(500));
      client.expect("VALUE k 0 1\r\na\r\nEND\r\nSTORED\r\nVA 1\r\nb\r\n");
      client.expect("VALUE k 0 1\r\nb\r\nEND\r\nSTORED\r\nVA 1\r\nb\r\n".repeat(499));

      Await.until("only copies wait", () -> proxy.count(Counter.IN_FLIGHT) == 1000);
      assertThat(proxy.count(Counter.SHADOWS_DROPPED)).isEqualTo(500);
      servers.thaw(1);
      Await.until("the shadow has caught up", () -> proxy.count(Counter.IN_FLIGHT) == 0);
      client.send("set k 0 0 1\r\nc\r\n").expect("STORED\r\n");
      TwoServers.awaitValues(servers, "c;c;-");
    }
  }

  private static RouteSetup patient() {
    return new RouteSetup(servers.ports()).timeout(Duration.ofSeconds(30));
  }

  @Test
  void deadShadowChangesNothing() {
    servers.kill(1);
    try (TestProxy proxy = start(all(1))) {
      RawClient client = proxy.client();
      assertThat(Servers.reply(client, "set k 0 0 1/v")).isEqualTo("STORED");
      assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/v/END");
      assertThat(Servers.reply(client, "get x k y")).isEqualTo("VALUE k 0 1/v/END");
    }
  }

  @Test
  void deadTargetIsToldThoughTheShadowLives() {
    servers.kill(0);
    servers.store(1, "k", "b");
    try (TestProxy proxy = start(all(1))) {
      assertThat(Servers.reply(proxy.client(), "get k"))
          .isEqualTo("SERVER_ERROR server cannot be reached");
    }
  }

  private static Shadow all(int server) {
    return new Shadow(RouteSetup.pool(server), 0, 1, null, 1);
  }

  private static TestProxy start(Shadow... shadows) {
    return new RouteSetup(servers.ports())
        .start(new ShadowSettings(RouteSetup.pool(0), List.of(shadows)));
  }
}
