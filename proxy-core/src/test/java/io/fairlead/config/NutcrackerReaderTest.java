package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.LoadOptions.Admin;
import io.fairlead.config.LoadOptions.Foreign;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NutcrackerReaderTest {
  private static final String SMALLEST = "a:\n  listen: h:1\n  servers:\n  - h:11211:1\n";
  private static final LoadOptions SKIP_REDIS =
      new LoadOptions(
          null,
          new Foreign(
              ParseError.ANSWER, MultigetFailure.PARTIAL, ErrorText.NATIVE, KeyBytes.SIGNED, true));

  @Test
  void whatIsLeftOutIsAsInNutcracker() {
    ProxySettings settings = parse(SMALLEST);

    assertThat(settings)
        .isEqualTo(
            ProxySettings.of(
                    List.of(
                        ListenerSettings.with(new Address.Tcp("h", 1), "a")
                            .socket(new SocketSettings(512, true, false, null))
                            .build()),
                    List.of(
                        PoolSettings.with(
                                "a",
                                Mode.SHARDED,
                                List.of(ServerSettings.at(new Address.Tcp("h", 11211))))
                            .timeout(Duration.ofSeconds(1))
                            .connectTimeout(Duration.ofSeconds(1))
                            .connections(1)
                            .preconnect(false)
                            .eject(EjectSettings.OFF)
                            .build()))
                .admin(AdminSettings.DEFAULT)
                .limits(LimitSettings.ofOtherProxies().build())
                .version("1.6.18")
                .build());
  }

  @Test
  void ejectionHasItsOwnDefaultsOnceItIsOn() {
    assertThat(parse(SMALLEST + "  auto_eject_hosts: true\n").pools().get(0).eject())
        .isEqualTo(ejects(2, Duration.ofSeconds(30)));
  }

  @Test
  void readsEveryKey() {
    ProxySettings settings =
        parse(
            """
            a:
              listen: /run/f.sock 0660
              hash: crc32a
              hash_tag: "<>"
              distribution: modula
              timeout: 250
              backlog: 7
              client_connections: 20000
              redis: false
              redis_db: 0
              tcpkeepalive: false
              reuseport: true
              preconnect: true
              auto_eject_hosts: true
              server_connections: 3
              server_retry_timeout: 2000
              server_failure_limit: 4
              servers:
               - ::1:11212:5 b
               - /run/m.sock:2
            """);

    assertThat(settings.listeners())
        .containsExactly(
            ListenerSettings.with(new Address.Unix("/run/f.sock"), "a")
                .socket(new SocketSettings(7, false, true, 0660))
                .connections(20_000)
                .build());
    assertThat(settings.pools())
        .containsExactly(
            PoolSettings.with(
                    "a",
                    Mode.SHARDED,
                    List.of(
                        new ServerSettings("b", new Address.Tcp("::1", 11212), 5),
                        new ServerSettings("/run/m.sock:", new Address.Unix("/run/m.sock"), 2)))
                .placement(
                    new RingSettings(
                        KeyHash.CRC32A, DistributionKind.MODULA, HashTag.of("<>"), KeyBytes.SIGNED))
                .timeout(Duration.ofMillis(250))
                .connectTimeout(Duration.ofMillis(250))
                .connections(3)
                .preconnect(true)
                .eject(ejects(4, Duration.ofSeconds(2)))
                .build());
    assertThat(settings.limits().connections()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:11211:1, 10.0.0.1, 10.0.0.1:11211, 1",
    "10.0.0.1:11212:9, 10.0.0.1:11212, 10.0.0.1:11212, 9",
    "h:011211:1, h, h:11211, 1",
    "h:011212:1, h:011212, h:11212, 1",
    "h:4294978507:1, h, h:11211, 1",
    "h:1:4294967298, h:1, h:1, 2",
    "h:1:100000, h:1, h:1, 100000",
    "::1:11211:1, ::1, [::1]:11211, 1",
    "::1:11212:1, ::1:11212, [::1]:11212, 1",
    "fe80::1%eth0:1:1, fe80::1%eth0:1, [fe80::1%eth0]:1, 1",
    "'\"[::1]:11211:1\"', [::1], [::1]:11211, 1",
    "/run/m.sock:1, /run/m.sock:, unix:/run/m.sock, 1",
    "/a:b:3, /a:b:, unix:/a:b, 3",
    "/a b:1 n, n, unix:/a b, 1",
    "h:1:1 n, n, h:1, 1",
    "h:1:1 n:2:3, n:2:3, h:1, 1",
    "'\"h:1:1 \"', '', h:1, 1",
    "'\":11211:1\"', '', 127.0.0.1:11211, 1",
    "'\"*:1:1\"', *:1, 127.0.0.1:1, 1",
    "a b:1:1 n, n, a b:1, 1",
    "é:1:1, é:1, é:1, 1",
  })
  void takesAServerApartFromTheEnd(String line, String name, String address, int weight) {
    ServerSettings server =
        parse("a:\n  listen: h:1\n  servers:\n  - " + line + "\n").pools().get(0).servers().get(0);

    assertThat(server.name()).isEqualTo(name);
    assertThat(server.address()).hasToString(address);
    assertThat(server.weight()).isEqualTo(weight);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:22121, 127.0.0.1:22121, ",
    "::1:22121, [::1]:22121, ",
    ":::22121, [::]:22121, ",
    "'\"*:22121\"', 0.0.0.0:22121, ",
    "/a, unix:/a, ",
    "/a 0666, unix:/a, 0666",
    "/a 777, unix:/a, 0777",
    "/a 0, unix:/a, ",
    "/a rw, unix:/a, ",
    "/a 0660x, unix:/a, 0660",
    "/a b 0600, unix:/a b, 0600",
    "/a 040000000666, unix:/a, 0666",
    "'\"/a\\0b\"', unix:/a, ",
  })
  void takesAListenerApartFromTheEnd(String text, String address, @Nullable String mode) {
    ListenerSettings listener =
        parse("a:\n  listen: " + text + "\n  servers:\n  - h:1:1\n").listeners().get(0);

    assertThat(listener.address()).hasToString(address);
    assertThat(listener.socket().mode()).isEqualTo(mode == null ? null : Integer.valueOf(mode, 8));
  }

  @Test
  void aHashTagIsTwoBytes() {
    PoolSettings pool = parse(SMALLEST + "  hash_tag: é\n").pools().get(0);

    assertThat(ring(pool).hashTag()).isEqualTo(new HashTag((byte) 0xc3, (byte) 0xa9));
  }

  @ParameterizedTest
  @CsvSource({"many-pools.yml, 3", "leaf.yml, 1", "root.yml, 1"})
  void loadsFilesAsUpstreamGivesThem(String file, int pools) {
    ProxySettings settings = ConfigLoader.read(sample(file), file, SKIP_REDIS).settings();

    assertThat(settings.pools()).hasSize(pools).allMatch(pool -> !pool.servers().isEmpty());
    assertThat(settings.listeners())
        .extracting(ListenerSettings::target)
        .isEqualTo(settings.pools().stream().map(PoolSettings::name).toList());
  }

  @Test
  void readsAPoolAmongRedisPoolsAsItStands() {
    ProxySettings settings =
        ConfigLoader.read(sample("many-pools.yml"), "f.yml", SKIP_REDIS).settings();

    assertThat(settings.pools())
        .extracting(PoolSettings::name)
        .containsExactly("pages", "profiles", "images");
    assertThat(settings.pools().get(0))
        .isEqualTo(
            PoolSettings.with(
                    "pages",
                    Mode.SHARDED,
                    List.of(
                        ServerSettings.at(new Address.Tcp("127.0.0.1", 11212)),
                        ServerSettings.at(new Address.Tcp("127.0.0.1", 11213))))
                .timeout(Duration.ofMillis(400))
                .connectTimeout(Duration.ofMillis(400))
                .preconnect(true)
                .eject(ejects(3, Duration.ofSeconds(2)))
                .build());
    assertThat(ring(settings.pools().get(2)).hash()).isEqualTo(KeyHash.HSIEH);
    assertThat(settings.listeners().get(2).address()).isEqualTo(new Address.Unix("/tmp/images"));
  }

  @Test
  void refusesEachRedisPoolWithAWayOut() {
    assertThatThrownBy(() -> ConfigLoader.read(sample("many-pools.yml"), "f.yml"))
        .hasMessage(
            """
            f.yml:6:10: sessions.redis: true (expected: false, as Fairlead speaks memcached and \
            not Redis); take the pool out of the file, or leave it out with --skip-redis-pools
            f.yml:19:10: counters.redis: true (expected: false, as Fairlead speaks memcached and \
            not Redis); take the pool out of the file, or leave it out with --skip-redis-pools\
            """);
  }

  @Test
  void saysWhichRedisPoolsItLeavesOut() {
    assertThat(ConfigLoader.read(sample("many-pools.yml"), "f.yml", SKIP_REDIS).warnings())
        .extracting(Problem::toString)
        .contains(
            "f.yml:6:10: sessions.redis: true (expected: false; the pool is left out, as"
                + " --skip-redis-pools says)");
  }

  @Test
  void needsOnePoolThatIsNotRedis() {
    assertThatThrownBy(() -> ConfigLoader.read(SMALLEST + "  redis: true\n", "f.yml", SKIP_REDIS))
        .hasMessage(
            "f.yml:1:1: redis pools only (expected: at least one pool that speaks memcached)");
  }

  @Test
  void thePoolsTakeWhatTheFileHasNoWordsFor() {
    Foreign strict =
        new Foreign(
            ParseError.CLOSE, MultigetFailure.ERROR, ErrorText.TWEMPROXY, KeyBytes.UNSIGNED, false);

    ProxySettings settings =
        ConfigLoader.read(SMALLEST, "f.yml", new LoadOptions(null, strict)).settings();

    PoolSettings pool = settings.pools().get(0);
    assertThat(settings.listeners().get(0).onParseError()).isEqualTo(ParseError.CLOSE);
    assertThat(pool.multigetFailure()).isEqualTo(MultigetFailure.ERROR);
    assertThat(pool.errorText()).isEqualTo(ErrorText.TWEMPROXY);
    assertThat(ring(pool).keyBytes()).isEqualTo(KeyBytes.UNSIGNED);
  }

  @Test
  void theAdminPortGivesWayToAPool() {
    String yaml = SMALLEST.replace("h:1\n", "0.0.0.0:5001\n");

    LoadedConfig loaded = ConfigLoader.read(yaml, "f.yml");

    assertThat(loaded.settings().admin()).isNull();
    assertThat(loaded.warnings()).extracting(Problem::path).contains("a.listen");
  }

  @ParameterizedTest
  @CsvSource({
    "FAIRLEAD, 'pools: {p: {servers: [a]}}'",
    "NUTCRACKER, '{p: {listen: h:1, servers: [h:1:1]}}'"
  })
  void theAdminPortMayBeSaidOutsideOfTheFile(Dialect dialect, String yaml) {
    Address.Tcp elsewhere = new Address.Tcp("127.0.0.1", 6001);

    LoadedConfig moved = ConfigLoader.read(yaml, "f.yml", admin(elsewhere));
    LoadedConfig off = ConfigLoader.read(yaml, "f.yml", admin(null));

    assertThat(moved.dialect()).isEqualTo(dialect);
    assertThat(moved.settings().admin()).isEqualTo(AdminSettings.at(elsewhere));
    assertThat(off.settings().admin()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {listeners: [h:1], pools: {p: {servers: [a]}}}     | f.yml:1:14: listeners[0]
          {p: {listen: h:1, servers: [h:1:1]}}               | f.yml:1:14: p.listen
          """)
  void theAdminPortOutsideOfTheFileIsNoListener(String yaml, String place) {
    assertThatThrownBy(() -> ConfigLoader.read(yaml, "f.yml", admin(new Address.Tcp("h", 1))))
        .hasMessage(place + ": h:1 (expected: an address of its own, not that of --admin)");
  }

  @Test
  void readsUtf16AndAByteOrderMarkAsNutcrackerDoes(@TempDir Path folder) throws IOException {
    String marked = "\uFEFF" + SMALLEST.replace("a:", "ü:");

    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Path file = Files.write(folder.resolve(charset.name()), marked.getBytes(charset));

      assertThat(ConfigLoader.load(file).pools().get(0).name()).isEqualTo("ü");
    }
  }

  private static LoadOptions admin(Address.@Nullable Tcp address) {
    return new LoadOptions(new Admin(address), Foreign.DEFAULT);
  }

  private static RingSettings ring(PoolSettings pool) {
    return (RingSettings) pool.placement();
  }

  private static ProxySettings parse(String yaml) {
    return ConfigLoader.parse(yaml, "f.yml");
  }

  private static String sample(String file) {
    try (InputStream in = NutcrackerReaderTest.class.getResourceAsStream("nutcracker/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As nutcracker does it, but with probes. */
  private static EjectSettings ejects(int failures, Duration retry) {
    Duration longest = retry.toSeconds() < 60 ? retry : Duration.ofSeconds(60);
    return EjectSettings.with(WhileEjected.REHASH)
        .failures(failures)
        .time(Duration.ofSeconds(1), longest)
        .probe(Duration.ofMillis(250), retry)
        .ramp(Duration.ZERO)
        .unbounded()
        .build();
  }
}
