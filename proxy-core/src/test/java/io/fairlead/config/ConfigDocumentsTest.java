package io.fairlead.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.Sets;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The loader, the schema, the reference page and the reference file name the same keys. */
class ConfigDocumentsTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [^|]+ \\| ([^|]+) \\| [^|]+ \\|$");
  private static final Pattern KEY = Pattern.compile("(?m)^[ #-]*([a-z_]+):(?: |$)");

  /** What the reference file, whose pool is sharded, can only have in comments. */
  private static final Set<String> OF_REPLICAS =
      Set.of("writes", "reads", "miss_failover", "repair", "missed_writes", "promote", "fail_back");

  private static final List<String> NAMES_IN_EXAMPLES =
      List.of(
          "main",
          "sessions",
          "pages",
          "near",
          "far",
          "rack-1",
          "rack-2",
          "one",
          "two",
          "old",
          "new",
          "east",
          "west",
          "gutter",
          "local",
          "next",
          "disks",
          "test",
          "web");

  /** A heading of the reference page, the same section of the schema, and a file to ask with. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Top level | -        | {pools: {p: {servers: []}}, zzz: 1}
          listeners | listener | listeners: [{zzz: 1}]
          pools     | pool     | pools: {p: {zzz: 1}}
          servers   | server   | pools: {p: {servers: [{zzz: 1}]}}
          sources   | source   | pools: {p: {servers: [{source: "dns://a", zzz: 1}]}}
          eject     | eject    | pools: {p: {eject: {zzz: 1}}}
          keepalive | keepalive | pools: {p: {keepalive: {zzz: 1}}}
          tls of listeners | listener_tls | listeners: [{tls: {zzz: 1}}]
          tls of servers | server_tls | pools: {p: {tls: {zzz: 1}}}
          threads   | threads  | threads: {zzz: 1}
          limits    | limits   | limits: {zzz: 1}
          Limits of clients | client_limits | {listeners: [{address: a, limits: {zzz: 1}}], pools: {p: {servers: []}}}
          delete_spool | delete_spool | delete_spool: {zzz: 1}
          shutdown  | shutdown | shutdown: {zzz: 1}
          """)
  void nameTheSameKeysWithTheSameDefaults(String heading, String definition, String yaml) {
    Map<String, String> documented = documentedDefaults(heading);
    Map<String, Object> described = map(section(definition).get("properties"));

    assertThat(documented.keySet()).containsExactlyElementsOf(keysOfLoader(yaml));
    assertThat(described.keySet()).containsExactlyElementsOf(keysOfLoader(yaml));
    assertThat(section(definition)).containsEntry("additionalProperties", false);
    assertThat(keysOfReferenceFile()).containsAll(documented.keySet());
    described.forEach(
        (key, property) -> {
          Object value = map(property).get("default");
          if (value != null) {
            assertThat(documented).containsEntry(key, "`" + value + "`");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("kindsOfRoutes")
  void nameTheSameKeysForEachKindOfRoute(String kind) {
    List<String> known =
        keysOfLoader("{pools: {p: {servers: [a]}}, routes: {r: {%s: p, zzz: 1}}}".formatted(kind));
    Map<String, Object> form = section("route_" + kind);
    Map<String, Object> described = map(form.get("properties"));
    String part = part("### " + kind, "\n##");
    List<String> documented =
        new ArrayList<>(ROW.matcher(part).results().map(row -> row.group(1)).toList());
    documented.addAll(List.of("multiget_failure", "arithmetic_failure", "error_text"));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
    assertThat(described.keySet()).containsExactlyInAnyOrderElementsOf(known);
    assertThat(form).containsEntry("additionalProperties", false);
    assertThat(strings(form.get("required"))).contains(kind);
  }

  @ParameterizedTest
  @MethodSource("kindsOfRoutes")
  void documentedExampleOfEachKindOfRouteIsOne(String kind) {
    String part = part("### " + kind, "\n##");
    String example = part.substring(part.indexOf("```yaml\n") + 8, part.lastIndexOf("```"));
    assertThat(example).contains(kind + ": ");
    String pools =
        NAMES_IN_EXAMPLES.stream()
            .map(name -> name + ": {servers: [{name: cache-a, address: a}]}")
            .collect(Collectors.joining(", ", "pools: {", "}"));

    LoadedConfig loaded =
        ConfigLoader.read(pools + "\nroutes:\n  under_test: " + example, "f.yaml");

    assertThat(loaded.settings().routes()).hasSize(1);
  }

  static Set<String> kindsOfRoutes() {
    return Sets.difference(RouteForms.ALL.words(), Set.of("servers"));
  }

  @Test
  void nameTheSameKindsOfRoutes() {
    Set<String> described =
        map(section("-").get("$defs")).keySet().stream()
            .filter(name -> name.startsWith("route_") && !name.equals("route_list"))
            .map(name -> name.substring("route_".length()))
            .collect(Collectors.toSet());

    assertThat(described).isEqualTo(kindsOfRoutes());
    assertThat(strings(map(section("route")).get("anyOf"))).hasSize(1 + described.size());
  }

  @ParameterizedTest
  @CsvSource({
    "mode",
    "hash",
    "distribution",
    "key_bytes",
    "multiget_failure",
    "arithmetic_failure",
    "error_text",
    "writes",
    "reads",
    "missed_writes",
    "promote"
  })
  void nameTheSameWordsForPools(String key) {
    Map<String, List<String>> words =
        Map.ofEntries(
            Map.entry("mode", names(PoolSettings.Mode.values())),
            Map.entry("hash", names(KeyHash.values())),
            Map.entry("distribution", distributions()),
            Map.entry("key_bytes", names(KeyBytes.values())),
            Map.entry("multiget_failure", names(PoolSettings.MultigetFailure.values())),
            Map.entry("arithmetic_failure", names(PoolSettings.ArithmeticFailure.values())),
            Map.entry("error_text", names(PoolSettings.ErrorText.values())),
            Map.entry("writes", names(ReplicaSettings.WritePolicy.values())),
            Map.entry("reads", names(ReplicaSettings.ReadFrom.values())),
            Map.entry("missed_writes", names(ReplicaSettings.MissedWrites.values())),
            Map.entry("promote", names(ReplicaSettings.Promote.values())));
    List<String> known = requireNonNull(words.get(key));
    Map<String, Object> property = map(map(section("pool").get("properties")).get(key));

    assertThat(strings(property.get("enum"))).containsAll(known);
    assertThat(pageSection("pools")).contains(known.stream().map(w -> "`" + w + "`").toList());
  }

  @Test
  void referenceFileHasTheDefaultsOfTheSchema() {
    Map<String, Object> file =
        map(yaml(Documents.read(Documents.EXAMPLES.resolve("fairlead.reference.yaml"))));
    Map<String, Object> pool = map(map(file.get("pools")).get("main"));
    Map<String, Map<String, Object>> sections =
        Map.of(
            "-", file,
            "pool", pool,
            "eject", map(pool.get("eject")),
            "threads", map(file.get("threads")),
            "limits", map(file.get("limits")));

    sections.forEach(
        (name, values) ->
            map(section(name).get("properties"))
                .forEach(
                    (key, property) -> {
                      Object value = map(property).get("default");
                      if (value != null && !OF_REPLICAS.contains(key)) {
                        assertThat(values).as(name).containsEntry(key, value);
                      }
                    }));
  }

  /** What the loader itself says when it meets a key that it does not know. */
  private static List<String> keysOfLoader(String yaml) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml, "f.yaml"));
    Problem unknown =
        e.problems().stream()
            .filter(p -> p.value().equals("unknown key"))
            .findFirst()
            .orElseThrow();
    return List.of(unknown.expected().replace("one of ", "").split(", | or ", -1));
  }

  private static Map<String, String> documentedDefaults(String heading) {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (MatchResult row : ROW.matcher(pageSection(heading)).results().toList()) {
      defaults.put(row.group(1), row.group(2).strip());
    }
    return defaults;
  }

  private static String pageSection(String heading) {
    return part("## " + heading, "\n## ");
  }

  private static String part(String heading, String next) {
    String page = Documents.read(Documents.REFERENCE);
    int start = page.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isPositive();
    int end = page.indexOf(next, start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static Set<String> keysOfReferenceFile() {
    return KEY.matcher(Documents.read(Documents.EXAMPLES.resolve("fairlead.reference.yaml")))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static Map<String, Object> section(String definition) {
    Map<String, Object> schema = map(yaml(Documents.read(Documents.SCHEMA)));
    return definition.equals("-") ? schema : map(map(schema.get("$defs")).get(definition));
  }

  private static Object yaml(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) requireNonNull(value)).forEach((k, v) -> copy.put(String.valueOf(k), v));
    return copy;
  }

  private static List<String> strings(@Nullable Object value) {
    return ((List<?>) requireNonNull(value)).stream().map(String::valueOf).toList();
  }

  private static List<String> distributions() {
    return Stream.concat(
            names(DistributionKind.values()).stream(), names(McrouterHash.values()).stream())
        .toList();
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(ValueKind::nameOf).toList();
  }
}
