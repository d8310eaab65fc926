package io.fairlead.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.runtime.Proxy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PracticeSettingsTest {
  private static final List<Address> PLAYED =
      List.of(new Address.Tcp("127.0.0.1", 1), new Address.Tcp("127.0.0.1", 2));

  private static ProxySettings practice(String yaml) {
    return PracticeSettings.like(ConfigLoader.read(yaml, "fairlead.yaml").settings(), PLAYED);
  }

  @Test
  void hasTheSamePoolsAndRoutesForTheSameListeners() {
    ProxySettings practice =
        practice(
            """
            listeners:
              - { address: "0.0.0.0:5000", route: choice }
              - { address: "unix:/run/x", route: choice }
              - { address: "0.0.0.0:5002", pool: b }
            pools:
              a: { servers: [one, { address: two, weight: 3 }, three], distribution: modula }
              b: { servers: [four], mode: replicated, share_gets: true, hot_keys: false }
            routes:
              choice: { by_prefix: { "x:": b, otherwise: a } }
            threads: { loops: 4, transport: nio }
            """);

    assertThat(practice.listeners())
        .extracting(ListenerSettings::target)
        .containsExactly("choice", "b");
    assertThat(practice.routes()).hasSize(1);
    PoolSettings sharded = practice.pools().get(0);
    assertThat(sharded.placement().distributionName()).isEqualTo("modula");
    assertThat(sharded.servers()).extracting(ServerSettings::weight).containsExactly(1, 3, 1);
    PoolSettings replicated = practice.pools().get(1);
    assertThat(replicated.mode()).isEqualTo(PoolSettings.Mode.REPLICATED);
    assertThat(replicated.shareGets()).isTrue();
    assertThat(replicated.hotKeys().on()).isFalse();
    assertThat(practice.threads().loops()).isEqualTo(1);
    assertThat(practice.threads().transport()).hasToString("NIO");
  }

  @Test
  void leavesOutEverythingThatIsOutside() {
    ProxySettings practice =
        practice(
            """
            listeners:
              - address: "0.0.0.0:5000"
                pool: a
                tls: { certificate: /none/c.pem, key: /none/k.pem }
                auth: /none/users
                connections: 1
                introspection: mcrouter
            pools:
              a:
                servers: ["dns+srv://cache.example", "unix:/none/memcached"]
                tls: { ca: /none/ca.pem }
                auth: /none/password
                server_stats: 1s
            delete_spool: { directory: /none/spool }
            admin: "0.0.0.0:9090"
            """);

    assertThat(practice.admin()).isNull();
    assertThat(practice.deleteSpool()).isNull();
    ListenerSettings listener = practice.listeners().get(0);
    assertThat(listener).isEqualTo(ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), "a"));
    PoolSettings pool = practice.pools().get(0);
    assertThat(pool.servers()).extracting(ServerSettings::address).isSubsetOf(PLAYED);
    assertThat(pool.discovery().sources()).isEmpty();
    assertThat(pool.connection().tls()).isNull();
    assertThat(pool.connection().auth()).isNull();
    assertThat(pool.connection().serverStats()).isZero();
    assertThat(pool.spoolDeletes()).isFalse();
  }

  @Test
  void playsAPoolWhoseServersAreYetToBeFound() {
    ProxySettings practice = practice("pools: { a: { servers: [\"dns://cache.example\"] } }");

    assertThat(practice.pools().get(0).servers())
        .extracting(ServerSettings::address)
        .isEqualTo(PLAYED);
  }

  @Test
  void makesDoWithAFewServersOfOnePoolWhereThereAreMany() {
    String servers =
        IntStream.rangeClosed(0, PracticeSettings.MOST_SERVERS)
            .mapToObj(i -> "s" + i)
            .collect(Collectors.joining(", "));
    ProxySettings practice =
        practice(
            """
            listeners: [{ address: "0.0.0.0:5000", route: r }]
            pools: { a: { servers: [%s] }, b: { servers: [x] } }
            routes: { r: { failover: [a, b] } }
            """
                .formatted(servers));

    assertThat(practice.listeners()).extracting(ListenerSettings::target).containsExactly("a");
    assertThat(practice.pools()).hasSize(1);
    assertThat(practice.pools().get(0).servers()).hasSize(8);
    assertThat(practice.routes()).isEmpty();
  }

  @Test
  void differsFromTheProxyInNothingThatAReloadWouldNotTake() {
    ProxySettings real =
        ConfigLoader.read("pools: { a: { servers: [b] } }", "fairlead.yaml").settings();
    ProxySettings practice = PracticeSettings.like(real, PLAYED);

    assertThat(Proxy.takeRestart(real, practice)).containsOnly("admin", "limits.loop_buffer");
  }
}
