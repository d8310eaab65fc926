package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.metrics.Countable;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.ServerCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page that explains the counters knows them all. */
class StatisticsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/statistics.md");

  @Test
  void namesAndExplainsEveryCounter() throws IOException {
    String page = Files.readString(PAGE);

    for (PoolCounter counter : PoolCounter.values()) {
      assertThat(page).contains(row(counter));
    }
    for (ServerCounter counter : ServerCounter.values()) {
      assertThat(page).contains(row(counter));
    }
  }

  private static String row(Countable counter) {
    return String.format("%n| `%s` | %s |%n", counter.statName(), counter.description());
  }
}
