package io.fairlead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.metrics.ResultCounter;
import io.fairlead.monitoring.Scrape.Family;
import io.fairlead.testkit.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts that are shipped ask for what a proxy has. */
class MonitoringFilesIT {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", ".")).resolve("../config-examples/monitoring");
  private static final String ALERTS = "fairlead-alerts.yaml";
  private static final String DASHBOARD = "fairlead-dashboard.json";

  private static final Pattern NAME =
      Pattern.compile("\\b(?:fairlead|jvm|process|system|netty)_\\w+");
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{ ?(?:\\$labels\\.)?(\\w+) ?}}");

  /** What Prometheus adds, and buckets have. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

  @TempDir static Path folder;

  private static EverythingAtWork all;
  private static Scrape scrape;

  @BeforeAll
  static void start() throws IOException {
    all = EverythingAtWork.start(folder);
    scrape = all.proxy().scrape();
  }

  @AfterAll
  static void stop() {
    all.close();
  }

  /**
   * A question to Prometheus.
   *
   * @param texts those beside it, in which labels of the answer are shown
   */
  private record Query(String expression, List<String> texts) {
    Set<String> names() {
      return NAME.matcher(expression)
          .results()
          .map(MatchResult::group)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALERTS, DASHBOARD})
  void asksForMetricsThatThereAre(String file) throws IOException {
    Set<String> live = scrape.names("");
    for (Query query : queries(file)) {
      assertThat(query.names()).as(query.expression()).isNotEmpty().isSubsetOf(live);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALERTS, DASHBOARD})
  void usesLabelsThatTheyHave(String file) throws IOException {
    for (Query query : queries(file)) {
      Set<String> known = new TreeSet<>(OF_PROMETHEUS);
      query.names().forEach(name -> known.addAll(labelsOf(name)));
      Set<String> used = words(BY, query.expression());
      query.texts().forEach(text -> used.addAll(words(SHOWN, text)));
      assertThat(used).as(query.expression()).isSubsetOf(known);
      SELECTOR.matcher(query.expression()).results().forEach(MonitoringFilesIT::check);
    }
  }

  private static void check(MatchResult selector) {
    Set<String> known = new TreeSet<>(OF_PROMETHEUS);
    known.addAll(labelsOf(selector.group(1)));
    MATCHER
        .matcher(selector.group(2))
        .results()
        .forEach(
            matcher -> {
              assertThat(known).as(selector.group()).contains(matcher.group(1));
              if (matcher.group(1).equals("result")) {
                assertThat(results()).contains(matcher.group(2).split("\\|", -1));
              }
            });
  }

  private static List<String> results() {
    return Stream.of(ResultCounter.values()).map(ResultCounter::label).toList();
  }

  private static Set<String> labelsOf(String name) {
    return scrape.families().values().stream()
        .filter(family -> family.samples().stream().anyMatch(s -> s.name().equals(name)))
        .map(Family::labels)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> words(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .flatMap(found -> Stream.of(found.group(1).split(", *", -1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All that a file asks, however deep; JSON is YAML as well. */
  private static List<Query> queries(String file) throws IOException {
    List<Query> found = new ArrayList<>();
    collect(new Yaml().load(Files.readString(FOLDER.resolve(file))), found);
    assertThat(found).hasSizeGreaterThan(10);
    return found;
  }

  private static void collect(Object node, List<Query> found) {
    if (node instanceof Map<?, ?> map) {
      if (map.get("expr") instanceof String expression) {
        found.add(new Query(expression, texts(map)));
      }
      map.values().forEach(value -> collect(value, found));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> collect(value, found));
    }
  }

  private static List<String> texts(Map<?, ?> query) {
    List<String> texts = new ArrayList<>();
    if (query.get("legendFormat") instanceof String legend) {
      texts.add(legend);
    }
    if (query.get("annotations") instanceof Map<?, ?> annotations) {
      annotations.values().forEach(text -> texts.add(String.valueOf(text)));
    }
    return texts;
  }

  @Test
  void eachAlertIsOnThePage() throws IOException {
    String page = Files.readString(FOLDER.resolve("../../docs/metrics.md"));
    Set<String> alerts =
        words(Pattern.compile("- alert: (\\w+)"), Files.readString(FOLDER.resolve(ALERTS)));

    assertThat(words(Pattern.compile("\\| `(Fairlead\\w+)` \\|"), page)).isEqualTo(alerts);
  }

  @Test
  void eachAlertHasATestThatItFires() throws IOException {
    Set<String> alerts =
        words(Pattern.compile("- alert: (\\w+)"), Files.readString(FOLDER.resolve(ALERTS)));
    String tests = Files.readString(FOLDER.resolve("fairlead-alerts.test.yaml"));

    assertThat(words(Pattern.compile("alertname: (\\w+)\\s+exp_alerts:\\s+- "), tests))
        .isEqualTo(alerts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check rules " + ALERTS, "test rules fairlead-alerts.test.yaml"})
  void promtoolAgrees(String command) {
    Promtool.Said said = promtool().run(FOLDER, "", command.split(" ", -1));

    assertThat(said.exitCode()).as(said.text()).isZero();
  }

  @Test
  void promtoolReadsTheMetrics() {
    Promtool.Said said = promtool().run(FOLDER, scrape.text(), "check", "metrics");

    assertThat(said.text().lines().filter(line -> line.startsWith("fairlead_"))).isEmpty();
  }

  private static Promtool promtool() {
    Optional<Promtool> installed = Promtool.installed();
    assumeThat(installed).as(Promtool.NOT_INSTALLED).isPresent();
    return installed.orElseThrow();
  }
}
