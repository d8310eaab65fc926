package io.fairlead.mcrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.Problem;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.mcrouter.McrouterDefaults.BigValues;
import io.fairlead.mcrouter.McrouterDefaults.Health;
import io.fairlead.mcrouter.McrouterDefaults.Replies;
import io.fairlead.mcrouter.McrouterDefaults.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McrouterReaderTest {
  private static final McrouterDefaults OTHERS =
      new McrouterDefaults(
          "/x/y/",
          true,
          new Timeouts(
              Duration.ofMillis(1),
              Duration.ofMillis(2),
              Duration.ofMillis(3),
              Duration.ofMillis(4)),
          new Health(false, 7, Duration.ofSeconds(9), Duration.ofSeconds(9)),
          new Replies(false, false, false, false, false),
          new BigValues(100, 5),
          Set.of(),
          42,
          Map.of("where", "A"),
          new ConnectionSettings(KeepaliveSettings.DEFAULT, Duration.ofSeconds(7), 1),
          5);

  private static PoolSettings only(String pools) {
    List<PoolSettings> read =
        Configs.parse("{'pools': {" + pools + "}, 'route': 'PoolRoute|A'}").pools();
    assertThat(read).hasSize(1);
    return read.get(0);
  }

  @Test
  void aPoolHasTheDefaultsOfMcrouter() {
    PoolSettings pool = only("'A': {'servers': ['a:1']}");

    assertThat(pool.name()).isEqualTo("A");
    assertThat(pool.placement()).isEqualTo(McrouterHashSettings.of(McrouterHash.CH3));
    assertThat(pool.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pool.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pool.preconnect()).isFalse();
    assertThat(pool.spoolDeletes()).isTrue();
    assertThat(pool.eject())
        .isEqualTo(
            EjectSettings.with(WhileEjected.ERROR).connectFailures(1).ramp(Duration.ZERO).build());
  }

  @Test
  void takesWhatTheCommandLineSays() {
    McrouterConfig config =
        Configs.parse(
            "{'pools': {'A': {'servers': ['a:1']}, 'B': {'servers': ['a:1'], 'region': 'x',"
                + " 'cluster': 'y'}, 'C': {'servers': ['a:1'], 'region': 'x', 'cluster': 'z'},"
                + " 'D': {'servers': ['a:1'], 'region': 'z'}},"
                + " 'route': {'type': 'AllSyncRoute', 'children': ['PoolRoute|%where%',"
                + " 'PoolRoute|B', 'PoolRoute|C', 'PoolRoute|D']}}",
            OTHERS);

    RoutingPrefixSettings root = (RoutingPrefixSettings) config.tree().root();
    assertThat(config.pools())
        .extracting(pool -> pool.timeout().toMillis())
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(config.pools()).extracting(PoolSettings::spoolDeletes).containsOnly(false);
    assertThat(config.pools()).extracting(PoolSettings::eject).containsOnly(EjectSettings.OFF);
    assertThat(root.usual()).isEqualTo("/x/y/");
    assertThat(root.unknownIsUsual()).isTrue();
    assertThat(root.routes().get("/x/y/"))
        .isInstanceOfSatisfying(
            BigValueSettings.class,
            big -> assertThat(List.of(big.threshold(), big.batch())).containsExactly(100, 5));
    assertThat(config.tree().replies().multigetFailure()).isEqualTo(MultigetFailure.PARTIAL);
  }

  @Test
  void inheritsWhatAPoolDoesNotSayItself() {
    PoolSettings pool =
        only(
            "'A': {'inherit': 'B', 'server_timeout': 5},"
                + " 'B': {'inherit': 'C', 'server_timeout': 6, 'connect_timeout': 7},"
                + " 'C': {'servers': ['a:1', 'b:2'], 'connect_timeout': 8}");

    assertThat(pool.servers()).extracting(ServerSettings::name).containsExactly("a:1", "b:2");
    assertThat(pool.timeout()).isEqualTo(Duration.ofMillis(5));
    assertThat(pool.connectTimeout()).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void readsServersInAllTheirForms() {
    PoolSettings pool =
        only(
            "'A': {'servers': ['h:1', '[::1]:2', 'h:1', 'h:3:ascii', 'h:4:ascii:plain',"
                + " 'h:5:ascii:plain:notcompressed', 'unix:/run/m']}");

    assertThat(pool.servers())
        .extracting(ServerSettings::address)
        .containsExactly(
            new Address.Tcp("h", 1),
            new Address.Tcp("::1", 2),
            new Address.Tcp("h", 1),
            new Address.Tcp("h", 3),
            new Address.Tcp("h", 4),
            new Address.Tcp("h", 5),
            new Address.Unix("/run/m"));
    assertThat(pool.servers()).extracting(ServerSettings::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "'servers': ['h:1', 'h:2:ascii:plain'] # ",
        "'servers': ['h:1:ascii:ssl', 'h:2:ascii:plain', 'h:3'] # h:1",
        "'servers': ['h:1:ascii:ssl', 'h:2:ascii:plain', 'h:3'], 'security_mech': 'ssl' # h:1 h:3",
        "'servers': ['[::1]:1:ascii:fizz', 'h:2'] # [::1]:1",
        "'servers': ['h:1'], 'use_ssl': true # h:1",
        "'servers': ['h:1'], 'security_mech': 'ktls12' # h:1",
        "'servers': ['h:1'], 'region': '.', 'security_mech_within_dc': 'ssl' # h:1",
        "'servers': ['h:1'], 'region': 'b', 'security_mech_within_dc': 'ssl' # ",
        "'servers': ['h:1'], 'region': 'b', 'security_mech_cross_dc': 'ssl' # h:1",
        "'servers': ['h:1'], 'security_mech_cross_dc': 'ssl' # ",
      })
  void serversAreSpokenToByTlsWhereThatIsSaid(String pool, @Nullable String secure) {
    PoolSettings read = only("'A': {" + pool + "}");

    String spokenTo =
        read.servers().stream()
            .filter(ServerSettings::tls)
            .map(server -> server.address().toString())
            .collect(Collectors.joining(" "));
    assertThat(spokenTo).isEqualTo(secure == null ? "" : secure);
    assertThat(read.connection().tls() != null).isEqualTo(secure != null);
  }

  @Test
  void poolsThatNobodyLeadsToAreNotRead() {
    assertThat(only("'A': {'servers': ['a:1']}, 'broken': {'servers': 5}").name()).isEqualTo("A");
  }

  @Test
  void theTreeHasANameOfItsOwn() {
    McrouterConfig config =
        Configs.parse(
            "{'pools': {'mcrouter': {'servers': ['a:1']}}, 'route': 'PoolRoute|mcrouter'}");

    assertThat(config.tree().name()).isEqualTo("mcrouter#2");
  }

  @Test
  void prefixesMayShareARouteAndLackTheirSlashes() {
    McrouterConfig config =
        Configs.of(
            "'routes': [{'aliases': ['/././', 'a/b'], 'route': 'PoolRoute|A'},"
                + " {'aliases': ['/c/d/'], 'route': 'PoolRoute|B'}]");

    assertThat(((RoutingPrefixSettings) config.tree().root()).routes())
        .isEqualTo(
            Map.of(
                "/././", new PoolRouteSettings("A", null),
                "/a/b/", new PoolRouteSettings("A", null),
                "/c/d/", new PoolRouteSettings("B", null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{'pools': {'A': {}}, 'route': 'PoolRoute|A'} # 1:17: pools.A: {} (expected: servers: an"
            + " array, which may be empty)",
        "{'pools': {'A': {'servers': ['h']}}, 'route': 'PoolRoute|A'} # 1:30: pools.A.servers[0]:"
            + " \"h\" (expected: host:port, [ipv6]:port or unix:/path)",
        "{'pools': {'A': {'servers': ['h:1:ascii:tls_to_plain']}}, 'route': 'PoolRoute|A'} # 1:30:"
            + " pools.A.servers[0]: \"h:1:ascii:tls_to_plain\" (expected: plain, ssl, fizz or"
            + " ktls12)",
        "{'pools': {'A': {'servers': [], 'security_mech': 'aes'}}, 'route': 'PoolRoute|A'} # 1:50:"
            + " pools.A.security_mech: \"aes\" (expected: plain, ssl, fizz or ktls12)",
        "{'pools': {'A': {'inherit': 'A'}}, 'route': 'PoolRoute|A'} # 1:29: pools.A.inherit: \"A\""
            + " (expected: a pool that does not inherit from itself)",
        "{'pools': {'A': {'inherit': 'B'}}, 'route': 'PoolRoute|A'} # 1:29: pools.A.inherit: \"B\""
            + " (expected: a pool named under pools; there is A)",
        "{'pools': {'A': {'servers': [], 'server_timeout': 0}}, 'route': 'PoolRoute|A'} # 1:51:"
            + " pools.A.server_timeout: 0 (expected: an integer, 1-1000000)",
        "{'route': 'PoolRoute|A'} # 1:11: route: \"A\" (expected: the name of a pool under pools,"
            + " of which there is none)",
        "{'route': 'NullRoute', 'routes': []} # 1:34: routes: [] (expected: nothing, as there is"
            + " route, and only one of both may be given)",
        "{'routes': {'/a/b/': 'NullRoute'}} # 1:12: routes: {\"/a/b/\":\"NullRoute\"} (expected: a"
            + " route for /././, where keys without a prefix go unless --route-prefix says"
            + " otherwise; there is /a/b/)",
        "{'routes': {'/a/': 'NullRoute'}} # 1:20: routes./a/: \"NullRoute\" (expected: a prefix of"
            + " the form /region/cluster/, and not /a/)",
        "[] # 1:1: [] (expected: an object)",
      })
  void saysWhatIsWrongAndWhere(String json, String problem) {
    assertThatThrownBy(() -> Configs.parse(json))
        .isInstanceOf(ConfigException.class)
        .hasMessage("f.json:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{'route': 'NullRoute', 'poolz': {}} # 1:33: poolz: unknown key (expected: a key that means"
            + " something here); did you mean pools?",
        "{'route': 'NullRoute', 'route': 'DevNullRoute'} # 1:24: duplicate key route (expected:"
            + " each key once, as only the last one counts; the first is at f.json:1:2)",
        "{'pools': {'A': {'servers': [], 'server_timout': 5}}, 'route': 'PoolRoute|A'} # 1:50:"
            + " pools.A.server_timout: unknown key (expected: a key that means something here);"
            + " did you mean server_timeout?",
        "{'pools': {'A': {'servers': [], 'qos': {}}}, 'route': 'PoolRoute|A'} # 1:40: pools.A.qos:"
            + " {} (expected: nothing: packets are not marked)",
      })
  void warnsOfWhatIsProbablyNotMeant(String json, String warning) {
    assertThat(Configs.parse(json).warnings())
        .extracting(Problem::toString)
        .containsExactly("f.json:" + warning);
  }

  @Test
  void aMistakeInAnImportedFileHasItsOwnPlace(@TempDir Path folder) throws Exception {
    Path other = Files.writeString(folder.resolve("other.json"), "{\n  \"a\" 1}");
    String json = "{\"pools\": \"@import(other.json)\", \"route\": \"NullRoute\"}";

    assertThatThrownBy(
            () ->
                McrouterReader.read(
                    "f.json", json.getBytes(UTF_8), folder, McrouterDefaults.DEFAULT))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              Problem problem = e.problems().get(0);
              assertThat(problem.file()).isEqualTo(other.toString());
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.hint()).contains("@import(other.json)", "f.json:1");
            });
  }

  @Test
  void serversThatWantTheirPrefixGetThatOfEachAlias() {
    RoutingPrefixSettings root =
        (RoutingPrefixSettings)
            Configs.parse(
                    "{'pools': {'A': {'servers': ['a:1'], 'keep_routing_prefix': true}},"
                        + " 'routes': [{'aliases': ['/././', '/a/b/'], 'route': 'PoolRoute|A'}]}")
                .tree()
                .root();

    assertThat(root.plain()).isEqualTo(new PoolRouteSettings("A", null));
    assertThat(root.routes().keySet()).containsExactly("/././", "/a/b/");
    assertThat(root.routes().get("/a/b/"))
        .isEqualTo(
            new HashSettings(
                McrouterHashSettings.of(McrouterHash.CH3),
                List.of(
                    new ModifyKeySettings(
                        new ServerRouteSettings("A", 0), "/a/b/", null, null, null, false))));
  }
}
