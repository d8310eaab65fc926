package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of a pool that come from elsewhere, or in ranges. */
class SourcesTest {
  @Test
  void sourcesStandBesideServers() {
    PoolSettings pool =
        pool(
            """
            servers:
              - dns://cache.example.com:11212
              - cache1
              - dns+srv://_memcache._tcp.cache.example.com
              - file:///etc/servers.txt
              - { source: k8s://default/cache:memcache, identity: fqdn }
              - elasticache://cfg.example.com
            remove_after: 2m
            """);

    assertThat(pool.servers()).containsExactly(ServerSettings.at(new Address.Tcp("cache1", 11211)));
    assertThat(pool.discovery().removeAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(pool.discovery().sources())
        .containsExactly(
            SourceSettings.at(new SourcePlace.Dns("cache.example.com", 11212)),
            SourceSettings.at(new SourcePlace.Srv("_memcache._tcp.cache.example.com")),
            SourceSettings.at(new SourcePlace.ServerFile(Path.of("/etc/servers.txt"))),
            new SourceSettings(
                new SourcePlace.Kubernetes("default", "cache", "memcache"), Identity.FQDN),
            SourceSettings.at(new SourcePlace.ElastiCache("cfg.example.com", 11211)));
  }

  @Test
  void identityOfThePoolIsThatOfItsSources() {
    PoolSettings pool =
        pool(
            """
            servers:
              - dns+srv://_memcache._tcp.a
              - { source: dns+srv://_memcache._tcp.b, identity: hostname }
            identity: fqdn
            """);

    assertThat(pool.discovery().sources())
        .extracting(SourceSettings::identity)
        .containsExactly(Identity.FQDN, Identity.HOSTNAME);
  }

  @Test
  void rangeStandsForItsServers() {
    assertThat(pool("servers: ['cache-{9..11}.svc:11212', 'b-{2..2}']").servers())
        .extracting(server -> server.address().toString())
        .containsExactly(
            "cache-9.svc:11212", "cache-10.svc:11212", "cache-11.svc:11212", "b-2:11211");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dns://cache:11211",
        "dns://[::1]:1",
        "dns+srv://_m._tcp.a",
        "file:///etc/s",
        "file://s",
        "k8s://ns/svc",
        "k8s://ns/svc:11211",
        "k8s://ns/svc:memcache",
        "elasticache://cfg:11211"
      })
  void sourceIsWrittenAsItIsRead(String text) {
    assertThat(SourceText.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dns://cache:0            | a port from 1 to 65535
          dns://10.0.0.256         | a host name, or an IPv4 address
          dns:///run/m.sock        | dns://name:port
          dns+srv://a:11211        | dns+srv://name without a port
          file://                  | file:///path of a file
          k8s://svc                | k8s://namespace/service
          k8s://ns/svc:0           | k8s://namespace/service
          k8s://ns/svc:70000       | k8s://namespace/service
          consul://cache           | dns://name:port, dns+srv://
          """)
  void sourceThatIsNoneIsRefused(String text, String expected) {
    assertThatThrownBy(() -> SourceText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text + " (expected: ")
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servers: [a]~identity: fqdn                              | f.yaml:4:15: pools.p.identity: fqdn (expected: nothing
          servers: [a]~remove_after: 5s                            | f.yaml:4:19: pools.p.remove_after: 5s (expected: nothing
          servers: ['dns://a:1']~identity: hostname                | (expected: address, as such a source names nothing else)
          servers: ['dns://a:1', 'dns://a:1']                      | (expected: each source once)
          servers: ['dns://a:1']~distribution: weighted_ch3~weights: [1] | pools.p.weights: […] (expected: nothing
          servers: ['a-{3..1}']                                    | (expected: a range such as {0..2}
          servers: ['a-{0..1}-{0..1}']                             | (expected: a range such as {0..2}
          servers: ['a-{0..1}:x']                                  | (expected: a port from 1 to 65535)
          servers: ['a-{0..1}', a-1]                               | (expected: a name of its own
          servers: [{ source: 'dns://a', weight: 2 }]              | unknown key (expected: source or identity
          """)
  void whatSourcesCannotHaveIsRefused(String keys, String expected) {
    assertThatThrownBy(() -> pool(keys.replace("~", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void routesCannotNameEachServerOfASource() {
    assertThatThrownBy(
            () ->
                ConfigLoader.parse(
                    """
                    pools: {p: {servers: ['dns://a:1']}}
                    routes: {r: {failover: [{servers: p}]}}
                    listeners: [{address: '127.0.0.1:1', route: r}]
                    """,
                    "f.yaml"))
        .hasMessageContaining("as a source may name others");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servers: ['dns://a:1']                              | identity: address (expected: a name that stays
          servers: ['dns://a:1', 'k8s://n/s']                 | identities hostname or address (expected: one
          """)
  void namesThatMoveKeysAreWarnedOf(String keys, String expected) {
    assertThat(ConfigLoader.read(document(keys), "f.yaml").warnings())
        .anySatisfy(problem -> assertThat(problem.toString()).contains(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "servers: ['k8s://n/s']",
        "servers: ['dns+srv://_m._tcp.a']",
        "servers: ['dns://a:1']\nmode: replicated"
      })
  void stableNamesAreNotWarnedOf(String keys) {
    assertThat(ConfigLoader.read(document(keys), "f.yaml").warnings()).isEmpty();
  }

  private static PoolSettings pool(String keys) {
    return ConfigLoader.parse(document(keys), "f.yaml").pools().get(0);
  }

  private static String document(String keys) {
    return "pools:\n  p:\n" + keys.indent(4);
  }
}
