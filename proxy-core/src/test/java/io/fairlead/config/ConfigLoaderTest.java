package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigLoaderTest {
  private static final ServerSettings A = ServerSettings.at(new Address.Tcp("a", 11211));

  @Test
  void smallestFileServesItsPoolOnLoopback() {
    ProxySettings settings = parse("pools: {main: {servers: [a:11211]}}");

    assertThat(settings)
        .isEqualTo(
            ProxySettings.of(
                    List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 5000), "main")),
                    List.of(PoolSettings.of("main", Mode.SHARDED, List.of(A))))
                .admin(AdminSettings.DEFAULT)
                .version("1.6.18")
                .build());
  }

  @Test
  void readsEveryKey() {
    ProxySettings settings =
        parse(
            """
            listeners:
              - address: "[::1]:6000"
                pool: b
                allow: [flush_all]
                backlog: 7
                keepalive: false
                reuse_port: true
                connections: 9
                on_parse_error: close
                introspection: mcrouter
                introspection_from: [10.0.0.0/8, "::1"]
              - { address: unix:/run/f.sock, pool: a, mode: "0640" }
            pools:
              a: { servers: [] }
              b:
                mode: replicated
                servers:
                  - /run/m.sock
                  - { name: "1e3", address: "[fe80::1%eth0]:1", weight: 3 }
                hash: murmur
                distribution: modula
                hash_tag: "<>"
                key_bytes: unsigned
                timeout: 2s
                connect_timeout: 1m
                connections: 64
                preconnect: false
                coalesce: false
                multiget_failure: error
                arithmetic_failure: miss
                error_text: twemproxy
                writes: any
                reads: all
                repair: 0.25
                missed_writes: keep
                eject:
                  failures: 1
                  connect_failures: 2
                  time: 5ms
                  longest_time: 7s
                  at_most: 20
                  ramp: false
                  probe: { first: 10ms, longest: 1s }
                  panic: { below: 40, then: ignore_health }
                  then: miss
                spool_deletes: false
                keepalive: { idle: 5m, interval: 1s, probes: 3 }
                idle_timeout: 90s
                connect_retries: 2
                server_stats: 15s
                hot_keys: { keys: 5, show: hash }
                share_gets: true
            threads: { loops: 2, transport: nio, rest: false }
            limits:
              value: 2m
              line: 4096
              get_line: 64KiB
              client_buffer: 128kib
              keys_per_get: 11
              client_timeout: 1s
              client_requests: 1
              connections_per_address: 12
              idle_timeout: 13m
              command_timeout: false
              requests_per_second: 14
              request_burst: 15
              server_requests: 2
              server_buffer: "8192"
              loop_buffer: 1G
              connections: 3
              loop_requests: 4
              loop_waiting: 5
              loop_waiting_timeout: 6s
              loop_shadows: 7
            admin: 0.0.0.0
            twemproxy_stats: 0.0.0.0
            delete_spool:
              directory: /spool
              version: 2
              fsync: always
              fsync_interval: 500ms
              size: 1MiB
              entries: 5
              age: 90s
              keep: true
            version: "1.6"
            reload: false
            """);

    assertThat(settings)
        .isEqualTo(
            ProxySettings.of(
                    List.of(
                        ListenerSettings.with(new Address.Tcp("::1", 6000), "b")
                            .allow(Set.of(GuardedCommand.FLUSH_ALL))
                            .socket(new SocketSettings(7, false, true, null))
                            .connections(9)
                            .onParseError(ParseError.CLOSE)
                            .introspectionFrom(
                                List.of(
                                    AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")))
                            .build(),
                        ListenerSettings.with(new Address.Unix("/run/f.sock"), "a")
                            .socket(new SocketSettings(1024, true, false, 0640))
                            .build()),
                    List.of(
                        PoolSettings.of("a", Mode.SHARDED, List.of()),
                        new PoolSettings(
                            "b",
                            Mode.REPLICATED,
                            List.of(
                                new ServerSettings(
                                    "/run/m.sock:", new Address.Unix("/run/m.sock"), 1),
                                new ServerSettings("1e3", new Address.Tcp("fe80::1%eth0", 1), 3)),
                            new RingSettings(
                                KeyHash.MURMUR,
                                DistributionKind.MODULA,
                                HashTag.of("<>"),
                                KeyBytes.UNSIGNED),
                            Duration.ofSeconds(2),
                            Duration.ofMinutes(1),
                            64,
                            false,
                            false,
                            PoolSettings.MultigetFailure.ERROR,
                            PoolSettings.ArithmeticFailure.MISS,
                            PoolSettings.ErrorText.TWEMPROXY,
                            new ReplicaSettings(
                                WritePolicy.ANY,
                                ReplicaSettings.ReadFrom.ALL,
                                true,
                                0.25,
                                ReplicaSettings.MissedWrites.KEEP,
                                ReplicaSettings.Promote.FIRST_LIVE,
                                true),
                            new EjectSettings(
                                true,
                                1,
                                2,
                                Duration.ofMillis(5),
                                Duration.ofSeconds(7),
                                20,
                                Duration.ZERO,
                                new EjectSettings.ProbeSettings(
                                    Duration.ofMillis(10), Duration.ofSeconds(1)),
                                new EjectSettings.PanicSettings(
                                    40, EjectSettings.InPanic.IGNORE_HEALTH),
                                EjectSettings.WhileEjected.MISS),
                            false,
                            DiscoverySettings.NONE,
                            new ConnectionSettings(
                                    new KeepaliveSettings(
                                        true, Duration.ofMinutes(5), Duration.ofSeconds(1), 3),
                                    Duration.ofSeconds(90),
                                    2)
                                .withServerStats(Duration.ofSeconds(15)),
                            new HotKeySettings(true, 5, HotKeySettings.Show.HASH),
                            true)))
                .admin(AdminSettings.at(new Address.Tcp("0.0.0.0", 5001)))
                .threads(new ThreadSettings(2, ThreadSettings.Transport.NIO, false))
                .limits(
                    new LimitSettings(
                        new ClientLimits(
                            2 << 20,
                            4096,
                            64 << 10,
                            11,
                            128 << 10,
                            Duration.ofSeconds(1),
                            1,
                            12,
                            Duration.ofMinutes(13),
                            Duration.ZERO,
                            14,
                            15),
                        2,
                        8192,
                        1L << 30,
                        3,
                        new LoadSettings(4, 5, Duration.ofSeconds(6), 7)))
                .version("1.6")
                .twemproxyStats(new Address.Tcp("0.0.0.0", 22222))
                .deleteSpool(
                    new SpoolSettings(
                        Path.of("/spool"),
                        2,
                        SpoolSettings.Fsync.ALWAYS,
                        Duration.ofMillis(500),
                        1 << 20,
                        5,
                        Duration.ofSeconds(90),
                        true))
                .reload(false)
                .build());
  }

  @Test
  void theNumberOfLoopsMayFollowTheLoad() {
    String pools = "pools: {p: {servers: [a]}}, ";

    assertThat(parse("{" + pools + "threads: {loops: auto}}").threads())
        .isEqualTo(ThreadSettings.auto(256, ThreadSettings.Transport.AUTO, true));
    assertThat(parse("{" + pools + "threads: {loops: auto, most_loops: 3}}").threads())
        .isEqualTo(ThreadSettings.auto(3, ThreadSettings.Transport.AUTO, true));
    assertThat(parse("{" + pools + "threads: {loops: auto, most_loops: 1}}").threads().isAuto())
        .isFalse();
  }

  @Test
  void aSpoolNeedsOnlyItsDirectory() {
    ProxySettings settings =
        parse("{pools: {p: {servers: [a]}}, delete_spool: {directory: /spool}}");

    assertThat(settings.deleteSpool()).isEqualTo(SpoolSettings.in(Path.of("/spool")));
  }

  @Test
  void falseSwitchesOff() {
    ProxySettings settings =
        parse("{pools: {p: {servers: [a], eject: false, hash_tag: false}}, admin: false}");

    assertThat(settings.admin()).isNull();
    assertThat(ring(settings.pools().get(0)).hashTag()).isNull();
    assertThat(settings.pools().get(0).eject().enabled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, a:11211",
    "a:11211, a, a:11211",
    "a:80, a:80, a:80",
    "10.0.0.1, 10.0.0.1, 10.0.0.1:11211",
    "'\"[::1]\"', ::1, [::1]:11211",
    "unix:/m, /m:, unix:/m"
  })
  void serverWithoutNameIsNamedAsTwemproxyNamesIt(String yaml, String name, String address) {
    ServerSettings server =
        parse("pools: {p: {servers: [" + yaml + "]}}").pools().get(0).servers().get(0);

    assertThat(server.name()).isEqualTo(name);
    assertThat(server.address()).hasToString(address);
    assertThat(server.weight()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(KeyHash.class)
  void knowsEveryHashByItsNameInLowerCase(KeyHash hash) {
    String yaml = "pools: {p: {servers: [a], hash: " + ValueKind.nameOf(hash) + "}}";

    assertThat(ring(parse(yaml).pools().get(0)).hash()).isEqualTo(hash);
  }

  @ParameterizedTest
  @EnumSource(DistributionKind.class)
  void knowsEveryDistributionByItsNameInLowerCase(DistributionKind distribution) {
    String yaml =
        "pools: {p: {servers: [a], distribution: " + ValueKind.nameOf(distribution) + "}}";

    assertThat(ring(parse(yaml).pools().get(0)).distribution()).isEqualTo(distribution);
  }

  @ParameterizedTest
  @EnumSource(McrouterHash.class)
  void knowsEveryHashFunctionOfMcrouterByItsNameInLowerCase(McrouterHash function) {
    String weights = function.isWeighted() ? ", weights: [1, 0.5]" : "";
    String yaml =
        "pools: {p: {servers: [a, b], distribution: " + function.configName() + weights + "}}";

    PoolSettings pool = parse(yaml).pools().get(0);

    assertThat(pool.placement())
        .isEqualTo(
            new McrouterHashSettings(
                function, "", function.isWeighted() ? List.of(1.0, 0.5) : List.of(), List.of()));
    assertThat(pool.eject().then())
        .isEqualTo(function.usesTags() ? WhileEjected.REHASH : WhileEjected.ERROR);
  }

  @Test
  void readsSaltWeightsAndTagsOfMcrouter() {
    PoolSettings pool =
        parse(
                """
                pools:
                  p:
                    servers: [a, b, c]
                    distribution: weighted_rendezvous
                    salt: "1"
                    weights: [0, .25, 1.0]
                    tags: [mc-0, "", "ü |"]
                    eject: { failures: 9 }
                """)
            .pools()
            .get(0);

    assertThat(pool.placement())
        .isEqualTo(
            new McrouterHashSettings(
                McrouterHash.WEIGHTED_RENDEZVOUS,
                "1",
                List.of(0.0, 0.25, 1.0),
                List.of("mc-0", "", "ü |")));
    assertThat(pool.eject().failures()).isEqualTo(9);
    assertThat(pool.eject().then()).isEqualTo(WhileEjected.REHASH);
  }

  @Test
  void aMapForEjectionMovesNoKeysUnlessTheDistributionCan() {
    String yaml = "pools: {p: {servers: [a, b], distribution: ch3, eject: {failures: 9}}}";

    assertThat(parse(yaml).pools().get(0).eject().then()).isEqualTo(WhileEjected.ERROR);
  }

  @Test
  void warnsOfServersThatShareATag() {
    LoadedConfig loaded =
        ConfigLoader.read(
            "pools: {p: {servers: [a, b, c], distribution: rendezvous, tags: [x, y, x]}}",
            "f.yaml",
            LoadOptions.NONE);

    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:1:72: pools.p.tags[2]: x"
                + " (expected: a tag of its own, as the server of pools.p.tags[0] gets no keys)");
  }

  @Test
  void keepsTheOrderOfPoolsAndServers() {
    ProxySettings settings =
        parse(
            "{listeners: [{address: h, pool: a}], pools: {z: {servers: [c, a, b]}, a: {servers:"
                + " []}}}");

    assertThat(settings.pools()).extracting(PoolSettings::name).containsExactly("z", "a");
    assertThat(settings.pools().get(0).servers())
        .extracting(ServerSettings::name)
        .containsExactly("c", "a", "b");
  }

  @Test
  void anAliasStandsForTheValueOfItsAnchor() {
    ProxySettings settings =
        parse(
            """
            listeners: [{ address: h, pool: a }]
            pools:
              a: { servers: &all [x, y], eject: &patient { failures: 9 } }
              b: { servers: *all, eject: *patient }
            """);

    assertThat(settings.pools().get(1).servers()).isEqualTo(settings.pools().get(0).servers());
    assertThat(settings.pools().get(1).eject().failures()).isEqualTo(9);
  }

  @Test
  void windowsLineEndsAndJsonAreYamlToo() {
    assertThat(parse("pools:\r\n  p:\r\n    servers: [a]\r\n"))
        .isEqualTo(parse("{\"pools\": {\"p\": {\"servers\": [\"a\"]}}}"));
  }

  @Test
  void listenersMayAllTakeAnyFreePort() {
    assertThat(
            parse("{listeners: [127.0.0.1:0, 127.0.0.1:0], pools: {p: {servers: []}}}").listeners())
        .hasSize(2);
  }

  @Test
  void warnsOfWhatIsLegalButOdd() {
    LoadedConfig loaded =
        ConfigLoader.read(
            """
            listeners: [{ address: h, pool: a }]
            pools:
              a: { servers: [] }
              b: { servers: [{ name: x, address: h }, { name: y, address: h }] }
            """,
            "f.yaml");

    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:3:17: pools.a.servers: [] (expected: a server, as every request is answered"
                + " with an error)",
            "f.yaml:4:3: pools.b: unused (expected: a listener or a route that names this pool)",
            "f.yaml:4:43: pools.b.servers[1]: h:11211 (expected: an address of its own, not that"
                + " of pools.b.servers[0])");
  }

  @Test
  void warnsOfASharedPortThatIsNone() {
    LoadedConfig loaded =
        ConfigLoader.read(
            """
            listeners: [{ address: /run/f.sock, reuse_port: true }]
            pools: { p: { servers: [a] } }
            """,
            "f.yaml");

    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:1:49: listeners[0].reuse_port: true (expected: false, as only a TCP port can"
                + " be shared)");
  }

  @ParameterizedTest
  @CsvSource({"0666, 438", "666, 438", "0600, 384", "000, 0", "777, 511"})
  void modeIsOctal(String text, int mode) {
    String yaml =
        "{listeners: [{address: /run/f.sock, mode: '" + text + "'}], pools: {p: {servers: [a]}}}";

    assertThat(parse(yaml).listeners().get(0).socket().mode()).isEqualTo(mode);
  }

  @Test
  void warnsOfNothingOtherwise() {
    assertThat(ConfigLoader.read("pools: {p: {servers: [a]}}", "f.yaml").warnings()).isEmpty();
  }

  private static RingSettings ring(PoolSettings pool) {
    return (RingSettings) pool.placement();
  }

  private static ProxySettings parse(String yaml) {
    return ConfigLoader.parse(yaml, "f.yaml");
  }
}
