package io.fairlead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.monitoring.Scrape.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that lists the metrics has those that there are, and no others. */
class MetricsPageIT {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(fairlead_\\w+)` \\| (counter|gauge|histogram) \\| ([^|]*) \\| ([^|]+) \\|");

  @TempDir Path folder;

  @Test
  void listsEachMetricWithItsTypeAndItsLabels() throws IOException {
    try (EverythingAtWork all = EverythingAtWork.start(folder)) {
      Map<String, String> live = new TreeMap<>();
      all.proxy().scrape().families().values().stream()
          .filter(family -> family.name().startsWith("fairlead_"))
          .forEach(family -> live.put(family.name(), textOf(family)));

      assertThat(documented()).containsExactlyInAnyOrderEntriesOf(live);
    }
  }

  @Test
  void namesTheMetricsOfTheProcess() throws IOException {
    String page = Files.readString(PAGE);
    try (EverythingAtWork all = EverythingAtWork.start(folder)) {
      assertThat(all.proxy().scrape().families().keySet())
          .filteredOn(name -> !name.startsWith("fairlead_"))
          .allSatisfy(name -> assertThat(page).contains(groupOf(name)));
    }
  }

  /** The first two words, as there are too many to list. */
  private static String groupOf(String name) {
    String[] words = name.split("_", 3);
    return "`" + words[0] + "_" + words[1];
  }

  private static String textOf(Family family) {
    return family.type()
        + " "
        + family.labels().stream()
            .map(label -> "`" + label + "`")
            .collect(Collectors.joining(", "));
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    while (row.find()) {
      assertThat(rows.put(row.group(1), (row.group(2) + " " + row.group(3)))).isNull();
    }
    return rows;
  }
}
