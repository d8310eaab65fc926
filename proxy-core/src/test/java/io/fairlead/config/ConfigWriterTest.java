package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigWriterTest {
  @Test
  void writesEverySettingWithItsEffectiveValue() {
    ProxySettings settings =
        ConfigLoader.parse(
            """
            pools:
              main:
                servers: [10.0.0.1, { name: "no", address: "[::1]", weight: 2 }]
                hash_tag: "{}"
                eject: false
            """,
            "f.yaml");

    assertThat(ConfigWriter.render(settings))
        .isEqualTo(
            """
            listeners:
              - address: 127.0.0.1:5000
                pool: main
                allow: []
                backlog: 1024
                keepalive: true
                reuse_port: false
                connections: 0
                on_parse_error: answer
            pools:
              main:
                mode: sharded
                servers:
                  - 10.0.0.1:11211
                  - { name: "no", address: "[::1]:11211", weight: 2 }
                hash: fnv1a_64
                distribution: ketama
                hash_tag: "{}"
                key_bytes: signed
                timeout: 250ms
                connect_timeout: 250ms
                connections: 1
                preconnect: true
                coalesce: true
                multiget_failure: partial
                arithmetic_failure: error
                error_text: native
                eject: false
                spool_deletes: true
                keepalive: true
                idle_timeout: false
                connect_retries: 0
                server_stats: false
                tls: false
                hot_keys: { keys: 20, show: full }
                share_gets: false
            threads:
              loops: 1
              transport: auto
              rest: true
            limits:
              value: 1MiB
              line: 2KiB
              get_line: 1MiB
              keys_per_get: 1000
              client_buffer: 1MiB
              client_timeout: 30s
              client_requests: 16384
              connections_per_address: 0
              idle_timeout: false
              command_timeout: 10s
              requests_per_second: 0
              request_burst: 0
              server_requests: 10000
              server_buffer: 16MiB
              loop_buffer: 64MiB
              connections: 10000
              loop_requests: 0
              loop_waiting: 0
              loop_waiting_timeout: false
              loop_shadows: 0
            admin: 127.0.0.1:5001
            twemproxy_stats: false
            delete_spool: false
            version: 1.6.18
            shutdown:
              delay: false
              drain: 20s
              spread: 10s
            reload: true
            warm_up: 2s
            """);
  }

  @Test
  void writesTheModeOfASocketInQuotes() {
    ProxySettings settings =
        ConfigLoader.parse(
            "{listeners: [{address: /f, mode: '007'}], pools: {p: {servers: [a]}}}", "f.yaml");

    assertThat(ConfigWriter.render(settings)).contains("\n    mode: \"0007\"\n");
  }

  @Test
  void refusesATimeThatTheFileCannotSay() {
    assertThatThrownBy(() -> DurationText.format(Duration.ofNanos(1_500_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PT0.0015S (expected: whole milliseconds)");
  }
}
