package io.fairlead.benchmarks.report;

import static io.fairlead.benchmarks.report.Samples.slice;
import static io.fairlead.benchmarks.report.Samples.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.benchmarks.load.Pacing;
import io.fairlead.benchmarks.load.Scenario;
import org.junit.jupiter.api.Test;

class SlicesTest {
  @Test
  void medianOfAnOddAndAnEvenNumber() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3, 3));
    assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4, 4));
  }

  @Test
  void valuesThatAreNoNumbersAreLeftOut() {
    assertThat(Spread.of(Double.NaN, 7, Double.POSITIVE_INFINITY))
        .isEqualTo(new Spread(7, 7, 7, 1));
    assertThat(Spread.of().count()).isZero();
    assertThat(Spread.of().median()).isNaN();
  }

  @Test
  void ratiosAreTakenWithinARoundNotBetweenMedians() {
    // The machine slows down: the peer costs 0.8 of the reference throughout.
    Slices slices =
        slices(
            slice("nutcracker", 0, 0, 10),
            slice("fairlead", 0, 0, 8),
            slice("fairlead", 0, 1, 16),
            slice("nutcracker", 0, 1, 20),
            slice("nutcracker", 1, 0, 40),
            slice("fairlead", 1, 0, 32));

    Spread ratio = cpuRatio(slices);

    assertThat(ratio.count()).isEqualTo(3);
    assertThat(ratio.min()).isEqualTo(0.8, within(1e-9));
    assertThat(ratio.max()).isEqualTo(0.8, within(1e-9));
  }

  @Test
  void roundsThatOneOfBothLacksDoNotCount() {
    Slices slices =
        slices(
            slice("nutcracker", 0, 0, 10),
            slice("fairlead", 0, 0, 5),
            slice("fairlead", 0, 1, 99),
            slice("nutcracker", 1, 1, 10));

    assertThat(cpuRatio(slices)).isEqualTo(new Spread(0.5, 0.5, 0.5, 1));
  }

  @Test
  void slicesWithoutRepliesDoNotCount() {
    Slices slices =
        slices(
            slice("nutcracker", 0, 0, 0, 10, 0),
            slice("fairlead", 0, 0, 5),
            slice("nutcracker", 0, 1, 10),
            slice("fairlead", 0, 1, 9));

    assertThat(cpuRatio(slices).median()).isEqualTo(0.9, within(1e-9));
  }

  @Test
  void oneWrongReplyMakesTheWholeUnclean() {
    assertThat(slices(slice("a", 0, 0, 1)).areClean()).isTrue();
    assertThat(slices(slice("a", 0, 0, 1), slice("b", 0, 0, 9, 1, 1)).areClean()).isFalse();
  }

  @Test
  void foreignCoresAreWhatTheMeasuredProcessesDidNotUse() {
    // Of one core for a second: 8 ms the peer, 2 ms the backends, 3 ms the generator.
    assertThat(Figure.FOREIGN.of(slice("a", 0, 0, 8))).isEqualTo(0.987, within(1e-9));
  }

  private static Spread cpuRatio(Slices slices) {
    return slices.ratio(Figure.CPU, Scenario.A, Pacing.CLOSED, "fairlead", "nutcracker");
  }
}
