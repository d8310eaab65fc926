package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolBuilder;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ReplicaSettings;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers of a pool that changes, and whose keys move. */
@ExtendWith(LeakCheck.class)
class KeptServersIT {
  private static final int KEYS = 300;
  private static final EjectSettings AT_ONCE = ejecting(WhileEjected.REHASH);

  @RegisterExtension static final Servers servers = new Servers(3);

  private static EjectSettings ejecting(WhileEjected then) {
    return EjectSettings.with(then).failures(1).every(Duration.ofMinutes(1)).unbounded().build();
  }

  private static ServerSettings server(int index, int weight) {
    Address address = new Address.Tcp("127.0.0.1", servers.ports().get(index));
    return new ServerSettings("s" + index, address, weight);
  }

  private static List<ServerSettings> first(int count) {
    return IntStream.range(0, count).mapToObj(i -> server(i, 1)).toList();
  }

  private static PoolBuilder pool(int count) {
    return PoolSettings.with("pool", Mode.SHARDED, first(count)).eject(AT_ONCE);
  }

  private static ProxySettings settings(PoolSettings pool) {
    return settings(pool, LimitSettings.DEFAULT);
  }

  private static ProxySettings settings(PoolSettings pool, LimitSettings limits) {
    return ProxySettings.of(
            List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), "pool")), List.of(pool))
        .threads(
            new ThreadSettings(
                1, ThreadSettings.DEFAULT.transport(), ThreadSettings.DEFAULT.rest()))
        .limits(limits)
        .build();
  }

  private static Proxy start() throws IOException {
    return Proxy.start(settings(pool(2).build()));
  }

  /** Changes of a pool of two servers, and to how many servers they open a connection. */
  static Stream<Arguments> changes() {
    RingSettings modula =
        new RingSettings(KeyHash.MD5, DistributionKind.MODULA, null, KeyBytes.SIGNED);
    Duration other = Duration.ofSeconds(7);
    return Stream.of(
        Arguments.of("nothing", settings(pool(2).build()), 0),
        Arguments.of("one more server", settings(pool(3).build()), 1),
        Arguments.of("one server less", settings(pool(1).build()), 0),
        Arguments.of("a weight", settings(of(List.of(server(0, 5), server(1, 1)))), 0),
        Arguments.of("their order", settings(of(List.of(server(1, 1), server(0, 1)))), 0),
        Arguments.of("the hash", settings(pool(2).placement(modula).build()), 0),
        Arguments.of(
            "the mode",
            settings(
                PoolSettings.with("pool", Mode.REPLICATED, first(2))
                    .eject(AT_ONCE)
                    .replicas(ReplicaSettings.defaultFor(Mode.REPLICATED).with(WritePolicy.ANY))
                    .build()),
            0),
        Arguments.of(
            "what clients are told",
            settings(
                pool(2)
                    .multigetFailure(MultigetFailure.ERROR)
                    .errorText(ErrorText.TWEMPROXY)
                    .build()),
            0),
        Arguments.of("coalescing", settings(pool(2).coalesce(false).build()), 0),
        Arguments.of("connections that wait", settings(pool(2).preconnect(false).build()), 0),
        Arguments.of(
            "where keys of ejected servers go",
            settings(pool(2).eject(ejecting(WhileEjected.ERROR)).build()),
            0),
        Arguments.of(
            "limits of clients",
            settings(pool(2).build(), LimitSettings.with().connections(17).build()),
            0),
        Arguments.of("the time for an answer", settings(pool(2).timeout(other).build()), 2),
        Arguments.of("the time to connect", settings(pool(2).connectTimeout(other).build()), 2),
        Arguments.of("connections", settings(pool(2).connections(2).build()), 4),
        Arguments.of("ejection", settings(pool(2).eject(EjectSettings.OFF).build()), 0),
        Arguments.of(
            "limits of values",
            settings(pool(2).build(), LimitSettings.with().valueBytes(2 << 20).build()),
            2),
        Arguments.of(
            "an address",
            settings(
                of(List.of(server(0, 1), new ServerSettings("s1", server(2, 1).address(), 1)))),
            1),
        Arguments.of(
            "a name",
            settings(
                of(List.of(server(0, 1), new ServerSettings("new", server(1, 1).address(), 1)))),
            1));
  }

  private static PoolSettings of(List<ServerSettings> list) {
    return PoolSettings.with("pool", Mode.SHARDED, list).eject(AT_ONCE).build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void onlyServersThatItConcernsGetNewConnections(String what, ProxySettings next, int connects)
      throws IOException {
    try (TestProxy proxy = new TestProxy(start(), next.pools().get(0).servers().size())) {
      RawClient client = proxy.client();
      proxy.awaitCount(Counter.CONNECTS, 2);
      storeAll(client);
      List<String> before = connections();

      proxy.update(next);
      storeAll(client);

      proxy.awaitCount(Counter.CONNECTS, 2 + connects);
      assertThat(proxy.count(Counter.CONNECTS)).as(what).isEqualTo(2 + connects);
      proxy.update(settings(pool(2).build()));
      storeAll(client);
      Await.until("retired connections are closed", () -> connections().equals(before));
    }
  }

  private static void storeAll(RawClient client) {
    for (int i = 0; i < KEYS; i++) {
      client.send("set key" + i + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
    }
  }

  /** What memcached counts as those that each server has. */
  private static List<String> connections() {
    return servers.onEach("stats").stream()
        .map(stats -> stats.replaceFirst("(?s).*STAT curr_connections (\\d+)/.*", "$1"))
        .toList();
  }

  @Test
  void onlyKeysOfAServerThatCameMove() throws IOException {
    try (TestProxy proxy = new TestProxy(start(), 3)) {
      RawClient client = proxy.client();
      storeAll(client);
      Map<String, List<String>> before = places();

      proxy.update(settings(pool(3).build()));
      servers.reset();
      storeAll(client);

      Map<String, List<String>> after = places();
      after.entrySet().removeAll(before.entrySet());
      assertThat(after).hasSizeBetween(KEYS / 6, KEYS / 2);
      assertThat(after.values()).containsOnly(List.of("-", "-", "x"));
    }
  }

  private static Map<String, List<String>> places() {
    return IntStream.range(0, KEYS)
        .mapToObj(i -> "key" + i)
        .collect(Collectors.toMap(key -> key, key -> servers.values(key)));
  }

  @Test
  void serversThatStayKeepTheirHealthAndCounters() throws IOException {
    try (Proxy proxy = start();
        TestProxy test = new TestProxy(proxy, 3)) {
      RawClient client = test.client();
      storeAll(client);
      killTheSecond(test, client);
      long requests = requests(proxy, 0);
      long ejects = proxy.pools().get(0).get(PoolCounter.SERVER_EJECTS);

      proxy.update(settings(pool(3).build()));

      assertThat(test.isUp(1)).isFalse();
      assertThat(test.isUp(0)).isTrue();
      assertThat(requests(proxy, 0)).isEqualTo(requests).isPositive();
      assertThat(proxy.pools().get(0).get(PoolCounter.SERVER_EJECTS)).isEqualTo(ejects);
      storeAll(client);
      assertThat(requests(proxy, 0)).isGreaterThan(requests);
      assertThat(requests(proxy, 2)).isPositive();
      assertThat(proxy.pools().get(0).get(PoolCounter.CLIENT_CONNECTIONS)).isEqualTo(1);
    }
  }

  private static long requests(Proxy proxy, int server) {
    return proxy.pools().get(0).servers().get(server).get(ServerCounter.REQUESTS);
  }

  @Test
  void aServerThatFailsAfterItsPoolHasChangedGivesItsKeysAway() throws IOException {
    try (TestProxy proxy = new TestProxy(start(), 2)) {
      RawClient client = proxy.client();
      storeAll(client);
      proxy.update(settings(pool(2).coalesce(false).build()));
      storeAll(client);

      killTheSecond(proxy, client);

      storeAll(client);
    }
  }

  private static void killTheSecond(TestProxy proxy, RawClient client) {
    servers.kill(1);
    for (int i = 0; i < KEYS; i++) {
      assertThat(Servers.reply(client, "get key" + i)).isNotEmpty();
    }
    proxy.awaitCount(Counter.EJECTIONS, 1);
  }
}
