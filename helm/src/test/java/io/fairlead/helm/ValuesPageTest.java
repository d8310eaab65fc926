package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of values in README.md are values.yaml: every key, with its default, and no other. */
class ValuesPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Za-z_.]+)` \\| `(.*?)` \\|.*\\|$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
  private static final String PAGE = Chart.read(Chart.FOLDER.resolve("README.md"));

  @Test
  void everyValueIsDocumentedAndNoneIsInvented() {
    List<String> documented = rows().stream().map(row -> row.group(1)).toList();

    assertThat(documented)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(values().keySet());
  }

  @Test
  void defaultsAreThoseOfTheChart() {
    Map<String, Object> documented = new TreeMap<>();
    rows().forEach(row -> documented.put(row.group(1), Chart.yaml().load(row.group(2))));

    values().forEach((key, value) -> assertThat(documented.get(key)).as(key).isEqualTo(value));
  }

  @Test
  void linksLeadSomewhere() {
    Matcher links = LINK.matcher(PAGE);
    List<String> broken = new ArrayList<>();
    while (links.find()) {
      if (!Files.exists(Chart.FOLDER.resolve(links.group(1)))) {
        broken.add(links.group(1));
      }
    }

    assertThat(broken).isEmpty();
  }

  /** All values of the chart and of the one in it, with their defaults. */
  private static Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>(Values.defaults().leaves());
    Values.of(Chart.read(Chart.MEMCACHED.resolve("values.yaml")))
        .leaves()
        .forEach((key, value) -> values.put("memcached." + key, value));
    return values;
  }

  private static List<MatchResult> rows() {
    return ROW.matcher(PAGE).results().toList();
  }
}
