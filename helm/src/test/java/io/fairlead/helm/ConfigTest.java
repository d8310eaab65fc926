package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.Dialect;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration that the chart makes of its values. */
class ConfigTest {
  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void proxyTakesItWithoutWarning(String valueSet) {
    ReadConfig config = ReadConfig.of(Rendering.of(valueSet));

    assertThat(config.dialect()).isEqualTo(Dialect.FAIRLEAD);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.settings().pools()).hasSize(1);
    assertThat(config.settings().listeners()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void listensWhereThePodIsReached(String valueSet) {
    ReadConfig config = ReadConfig.of(Rendering.of(valueSet));

    assertThat(config.listener().address()).isEqualTo(new Address.Tcp("0.0.0.0", 5000));
    assertThat(config.admin().address()).isEqualTo(new Address.Tcp("0.0.0.0", 9090));
  }

  @ParameterizedTest
  @CsvSource({"sharded, SHARDED", "replset, REPLICATED", "readWriteSplit, PRIMARY_REPLICA"})
  void setupIsTheModeOfThePool(String setup, Mode mode) {
    assertThat(ReadConfig.with("setup: " + setup).pool().mode()).isEqualTo(mode);
  }

  @Test
  void wordsOfTwemproxyAreTaken() {
    PoolSettings pool =
        ReadConfig.with(
                """
                proxy:
                  timeout: 150
                  serverFailureLimit: 4
                  serverRetryTimeout: 700
                  serverConnections: 2
                  hash: md5
                  distribution: modula
                  hashTag: "[]"
                """)
            .pool();

    assertThat(pool.timeout()).hasMillis(150);
    assertThat(pool.connections()).isEqualTo(2);
    assertThat(pool.eject().failures()).isEqualTo(4);
    assertThat(pool.eject().time()).hasMillis(700);
    assertThat(pool.eject().longestTime()).hasMillis(700);
    assertThat(pool.eject().probe().first()).hasMillis(250);
    assertThat(pool.placement())
        .isEqualTo(
            ReadConfig.read(
                    "pools: {main: {servers: [], hash: md5, distribution: modula, hash_tag: '[]'}}")
                .pool()
                .placement());
  }

  @Test
  void withoutEjectionTheKeysOfAServerFail() {
    PoolSettings pool = ReadConfig.with("proxy: {autoEjectHosts: false}").pool();

    assertThat(pool.eject().enabled()).isTrue();
    assertThat(pool.eject().then()).isEqualTo(WhileEjected.ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"replset", "readWriteSplit"})
  void withoutEjectionNoReplicaIsLeftOut(String setup) {
    PoolSettings pool =
        ReadConfig.with("{setup: " + setup + ", proxy: {autoEjectHosts: false}}").pool();

    assertThat(pool.eject().enabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ch3", "crc32", "const_shard", "rendezvous", "modula", "random", "ketama"})
  void takesEveryDistribution(String distribution) {
    ReadConfig config = ReadConfig.with("proxy: {distribution: " + distribution + "}");

    assertThat(config.warnings()).isEmpty();
    assertThat(config.pool().placement().distributionName()).isEqualTo(distribution);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weighted_ch3", "weighted_rendezvous"})
  void takesDistributionsWithWeights(String distribution) {
    ReadConfig config =
        ReadConfig.with(
            "proxy: {distribution: " + distribution + ", poolOptions: {weights: [1, 1, 0.5]}}");

    assertThat(config.pool().placement().distributionName()).isEqualTo(distribution);
    assertThat(config.pool().placement().weight(config.pool().servers().get(2), 2)).isEqualTo(0.5);
  }

  @Test
  void keysOfFairleadAreTakenAsTheyAre() {
    ReadConfig config =
        ReadConfig.with(
            """
            proxy:
              poolOptions: { share_gets: true, eject: { ramp: false } }
              listenerOptions: { backlog: 64 }
              extraConfig: { limits: { value: 2MiB }, version: "1.6.39" }
            """);

    assertThat(config.warnings()).isEmpty();
    assertThat(config.pool().shareGets()).isTrue();
    assertThat(config.pool().eject().ramp()).isZero();
    assertThat(config.pool().eject().failures()).isEqualTo(3);
    assertThat(config.listener().socket().backlog()).isEqualTo(64);
    assertThat(config.settings().version()).isEqualTo("1.6.39");
  }

  @Test
  void twoProxiesShareThePortsOfANode() {
    ReadConfig shared = ReadConfig.of(Rendering.of("host-network"));
    ReadConfig alone = ReadConfig.of(Rendering.of("default"));

    assertThat(shared.listener().socket().reusePort()).isTrue();
    assertThat(shared.admin().reusePort()).isTrue();
    assertThat(alone.listener().socket().reusePort()).isFalse();
    assertThat(alone.admin().reusePort()).isFalse();
  }

  @Test
  void secretsAreReadWhereTheyAreMounted() {
    ReadConfig config = ReadConfig.of(Rendering.of("full"));

    assertThat(config.admin().tokenFile()).hasToString("/run/secrets/fairlead/admin/token");
    assertThat(config.listener().tls())
        .isEqualTo(
            ReadConfig.read(
                    """
                    pools: { main: { servers: [] } }
                    listeners:
                      - address: 127.0.0.1:5000
                        tls:
                          certificate: /run/secrets/fairlead/listener/tls.crt
                          key: /run/secrets/fairlead/listener/tls.key
                          client_ca: /run/secrets/fairlead/listener/ca.crt
                          min_version: 1.3
                    """)
                .listener()
                .tls());
  }

  @Test
  void serversAreSpokenToByTls() {
    assertThat(ReadConfig.of(Rendering.of("tls")).pool().connection().tls())
        .isEqualTo(
            ReadConfig.read(
                    """
                    pools:
                      main:
                        servers: []
                        tls:
                          ca: /run/secrets/fairlead/servers-ca/ca.crt
                          certificate: /run/secrets/fairlead/servers/tls.crt
                          key: /run/secrets/fairlead/servers/tls.key
                          server_name: cache.example.com
                    """)
                .pool()
                .connection()
                .tls());
  }

  @Test
  void listensOnIpv6WhereItIsTold() {
    ReadConfig config =
        ReadConfig.with(
            """
            proxy:
              listenerOptions: { address: "[::]:5000" }
              extraConfig: { admin: { listen: "[::]:9090" } }
            """);

    assertThat(config.listener().address()).isEqualTo(new Address.Tcp("::", 5000));
    assertThat(config.admin().address()).isEqualTo(new Address.Tcp("::", 9090));
    assertThat(config.admin().hosts()).isNotEmpty();
  }

  @Test
  void adminPortAnswersToTheNameOfItsService() {
    assertThat(ReadConfig.with("admin: {hosts: [cache.example.com]}").admin().hosts())
        .contains("demo-fairlead-metrics.shop.svc", "cache.example.com");
  }

  @Test
  void restartsMayTakeThePlaceOfReloads() {
    assertThat(ReadConfig.with("config: {reload: hot}").settings().reload()).isTrue();
    assertThat(ReadConfig.with("config: {reload: restart}").settings().reload()).isFalse();
  }
}
