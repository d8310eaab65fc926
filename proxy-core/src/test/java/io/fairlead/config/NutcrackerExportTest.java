package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NutcrackerExportTest {
  private static final Path BASE = Path.of(System.getProperty("basedir", "."));

  /** As a nutcracker.yml would have it, but for what a test adds. */
  private static final String OWN =
      ConfigWriter.render(
          ConfigLoader.parse(
              """
              main:
                listen: 127.0.0.1:22121
                timeout: 400
                auto_eject_hosts: true
                servers:
                - 10.0.0.1:11211:1 a
                - 10.0.0.2:11211:2 b
              """,
              "nutcracker.yml"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../config-examples/nutcracker.yml",
        "src/test/resources/io/fairlead/config/nutcracker/many-pools.yml",
        "src/test/resources/io/fairlead/config/nutcracker/root.yml",
        "src/test/resources/io/fairlead/config/nutcracker/leaf.yml",
      })
  void theWayToOurFormAndBackChangesNothing(String file) {
    LoadOptions options =
        new LoadOptions(
            null,
            new LoadOptions.Foreign(
                LoadOptions.Foreign.DEFAULT.onParseError(),
                LoadOptions.Foreign.DEFAULT.multigetFailure(),
                LoadOptions.Foreign.DEFAULT.errorText(),
                LoadOptions.Foreign.DEFAULT.keyBytes(),
                true));
    ProxySettings settings = ConfigLoader.read(BASE.resolve(file), options).settings();
    ProxySettings ours = ConfigLoader.parse(ConfigWriter.render(settings), "ours.yaml");

    NutcrackerExport export = NutcrackerExport.of(ours);

    assertThat(export.lost()).isEmpty();
    assertThat(export.carried()).isEqualTo(ours);
    LoadedConfig back = ConfigLoader.read(export.yaml(), "back.yml");
    assertThat(back.dialect()).isEqualTo(Dialect.NUTCRACKER);
    assertThat(back.settings()).isEqualTo(settings);
  }

  @Test
  void isWrittenAsOperatorsWriteIt() {
    String given =
        """
        main:
          listen: 127.0.0.1:22121
          hash: murmur
          distribution: ketama
          hash_tag: "{}"
          timeout: 400
          backlog: 512
          tcpkeepalive: true
          client_connections: 70
          redis: false
          preconnect: false
          auto_eject_hosts: true
          server_retry_timeout: 2000
          server_failure_limit: 3
          server_connections: 2
          servers:
            - 10.0.0.1:11211:1
            - 10.0.0.2:11211:2 cache-b
            - "::1:11311:1"
            - /run/a.sock:1

        "yes":
          listen: "/run/a b 0"
          hash: fnv1a_64
          distribution: modula
          timeout: 250
          backlog: 512
          redis: false
          preconnect: true
          auto_eject_hosts: false
          server_connections: 1
          servers:
            - "/run/a b.sock:1 b"
        """;

    assertThat(NutcrackerExport.of(ConfigLoader.parse(given, "f.yml")).yaml()).isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          connect_timeout: 400ms  | connect_timeout: 100ms  | pools.main.connect_timeout: 100ms
          coalesce: true          | coalesce: false         | pools.main.coalesce: false
          key_bytes: signed       | key_bytes: unsigned     | pools.main.key_bytes: unsigned
          error_text: native      | error_text: grouped     | pools.main.error_text: grouped
          ramp: false             | ramp: 10s               | pools.main.eject.ramp: 10s
          tls: false              | tls: { ca: /etc/ca.pem } | pools.main.tls: {…}
          then: rehash            | then: miss              | pools.main.eject: {…}
          reuse_port: false       | reuse_port: true        | listeners[0].reuse_port: true
          allow: []               | allow: [flush_all]      | listeners[0].allow: [flush_all]
          loops: 1                | loops: 2                | threads.loops: 2
          keys_per_get: 0         | keys_per_get: 50        | limits.keys_per_get: 50
          twemproxy_stats: false  | twemproxy_stats: 127.0.0.1:2 | twemproxy_stats: 127.0.0.1:2
          """)
  void tellsWhatTheFormCannotSay(String line, String by, String lost) {
    assertThat(OWN).contains(line);

    NutcrackerExport export = export(OWN.replace(line, by));

    assertThat(export.lost()).containsExactly(lost);
    assertThat(export.yaml()).contains("10.0.0.2:11211:2 b\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on_parse_error: answer|on_parse_error: close",
        "multiget_failure: partial|multiget_failure: error",
        "error_text: native|error_text: twemproxy",
      })
  void whatNutcrackerDoesAnywayIsNotLost(String change) {
    String[] both = change.split("\\|", -1);
    assertThat(OWN).contains(both[0]);

    assertThat(export(OWN.replace(both[0], both[1])).lost()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { mode: replicated, servers: [a, b] }     | nutcracker has no replicas
          { servers: [a, b], distribution: ch3 }    | nutcracker has no distribution ch3
          { servers: [{ source: "dns://a" }] }      | nutcracker looks no servers up
          { servers: [] }                           | it has no servers
          { servers: [unix:/run/a b] }              | nutcracker has no server with a space in its name, /run/a b:
          """)
  void leavesOutPoolsThatNutcrackerCannotHave(String pool, String reason) {
    String both = "  other:\n    servers: [c]\n  odd: " + pool + "\n";
    String listeners = "listeners: [{ address: h:1, pool: odd }, { address: h:2, pool: other }]\n";

    NutcrackerExport export = export(listeners + "pools:\n" + both);

    assertThat(export.lost()).startsWith("pools.odd: left out, as " + reason);
    assertThat(export.lost()).noneMatch(line -> line.startsWith("listeners["));
    assertThat(export.carried().pools()).extracting(PoolSettings::name).containsExactly("other");
    assertThat(export.yaml()).startsWith("other:\n  listen: h:2\n");
  }

  @Test
  void leavesOutWhatLeadsToNoPoolOrIsASecondWay() {
    NutcrackerExport export =
        export(
            """
            listeners:
              - { address: h:1, route: by }
              - { address: h:2, pool: a, connections: 5, allow: [flush_all] }
              - { address: h:3, pool: a }
            pools: { a: { servers: [s] }, b: { servers: [s] } }
            routes: { by: { by_prefix: { "x:": a, otherwise: b } } }
            """);

    assertThat(export.lost())
        .startsWith(
            "pools.b: left out, as no listener leads to it, and nutcracker wants one",
            "listeners[0]: left out, as nutcracker has no routes",
            "listeners[2]: left out, as a pool of nutcracker has one listener",
            "routes.by: left out, as nutcracker has no routes",
            "listeners[1].allow: [flush_all]");
    assertThat(export.yaml()).startsWith("a:\n  listen: h:2\n").contains("client_connections: 5");
  }

  @Test
  void isEmptyWhenNoPoolIsLeft() {
    NutcrackerExport export = export("pools: { a: { mode: replicated, servers: [s, t] } }");

    assertThat(export.yaml()).isEmpty();
    assertThat(export.lost()).containsExactly("pools.a: left out, as nutcracker has no replicas");
  }

  private static NutcrackerExport export(String yaml) {
    return NutcrackerExport.of(ConfigLoader.parse(yaml, "f.yaml"));
  }
}
