package io.fairlead.benchmarks.report;

import static io.fairlead.benchmarks.report.Samples.slice;
import static io.fairlead.benchmarks.report.Samples.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void plainTableAlignsItsColumns() {
    Table table = new Table(List.of("peer", "cpu us", "ratio"));
    table.add(List.of("nutcracker", "9.78", "1.00"));
    table.add(List.of("direct", "10.00", "1.02"));

    assertThat(table.plain())
        .isEqualTo(
            """
            peer        cpu us  ratio
            nutcracker    9.78   1.00
            direct       10.00   1.02
            """);
  }

  @Test
  void markdownTableHasARuleBelowItsHeading() {
    Table table = new Table(List.of("peer", "cpu us"));
    table.add(List.of("direct", "10.00"));

    assertThat(table.markdown())
        .isEqualTo(
            """
            | peer | cpu us |
            |---|--:|
            | direct | 10.00 |
            """);
  }

  @Test
  void tableRefusesARowOfAnotherWidth() {
    Table table = new Table(List.of("peer", "cpu us"));

    assertThatThrownBy(() -> table.add(List.of("direct")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 2 cells");
  }

  @Test
  void sectionShowsMediansAndPairedRatios() {
    Slices slices =
        slices(
            slice("nutcracker", 0, 0, 10),
            slice("fairlead", 0, 0, 8),
            slice("fairlead", 0, 1, 9),
            slice("nutcracker", 0, 1, 10));

    String section = new Report(slices, "nutcracker", false).section(Scenario.A, Pacing.CLOSED);

    assertThat(section)
        .startsWith("A: 50 connections, get, values of 100 bytes; closed loop, ratios to nutcr")
        .containsPattern("nutcracker +1000 +1.00 \\[1.00..1.00] +10.00 +1.00 \\[1.00..1.00]")
        .containsPattern("fairlead +1000 +1.00 \\[1.00..1.00] +8.50 +0.85 \\[0.80..0.90]");
  }

  @Test
  void sectionNamesTheFirstProblemOfAPeer() {
    Slices slices = slices(slice("nutcracker", 0, 0, 10), slice("fairlead", 0, 0, 9, 1, 3));

    String section = new Report(slices, "nutcracker", true).section(Scenario.A, Pacing.CLOSED);

    assertThat(section).contains(" | 3 | 0 | 0 |").contains("fairlead: another value than was set");
  }

  @Test
  void sectionIsEmptyForWhatWasNotMeasured() {
    Slices slices = slices(slice("nutcracker", 0, 0, 10));

    assertThat(new Report(slices, "nutcracker", false).section(Scenario.A, Pacing.OPEN)).isEmpty();
  }

  @Test
  void ratiosReferToTheFirstPeerWhereTheReferenceIsMissing() {
    Slices slices = slices(slice("direct", 0, 0, 10));

    assertThat(new Report(slices, "nutcracker", false).section(Scenario.A, Pacing.CLOSED))
        .contains("ratios to direct");
  }

  @Test
  void jsonHoldsEverySliceAndEscapesText() {
    String json = JsonReport.of(slices(slice("direct", 0, 3, 10)), "a \"b\"\n\u00fc", "direct");

    assertThat(json)
        .startsWith("{\"machine\":\"a \\\"b\\\"\\u000a\\u00fc\",\"reference\":\"direct\"")
        .contains("\"scenario\":\"A\",\"pacing\":\"closed\",\"peer\":\"direct\"")
        .contains("\"round\":3")
        .contains("\"cpu\":10.000000");
  }
}
