package io.fairlead.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final double MEAN_GAP_NANOS = 100_000;

  @Test
  void comeAtTheAskedRate() {
    Arrivals arrivals = Arrivals.poisson(10_000, 10, 1);

    assertThat(arrivals.count()).isCloseTo(100_000, within(1_500));
    assertThat(arrivals.dueNanos(arrivals.count() - 1)).isLessThan(10_000_000_000L);
  }

  @Test
  void haveExponentialGaps() {
    Arrivals arrivals = Arrivals.poisson(10_000, 10, 2);
    double[] gaps =
        IntStream.range(1, arrivals.count())
            .mapToDouble(i -> arrivals.dueNanos(i) - arrivals.dueNanos(i - 1))
            .toArray();

    for (double multiple : new double[] {0.1, 1, 3}) {
      double longer = 0;
      for (double gap : gaps) {
        longer += gap > multiple * MEAN_GAP_NANOS ? 1 : 0;
      }
      assertThat(longer / gaps.length).isCloseTo(Math.exp(-multiple), within(0.006));
    }
  }

  @Test
  void neverGoBackInTime() {
    Arrivals arrivals = Arrivals.poisson(100_000, 1, 3);

    for (int i = 1; i < arrivals.count(); i++) {
      assertThat(arrivals.dueNanos(i)).isGreaterThanOrEqualTo(arrivals.dueNanos(i - 1));
    }
  }

  @Test
  void areTheSameForTheSameSeedOnly() {
    Arrivals first = Arrivals.poisson(1000, 1, 7);
    Arrivals again = Arrivals.poisson(1000, 1, 7);
    Arrivals other = Arrivals.poisson(1000, 1, 8);

    assertThat(again.count()).isEqualTo(first.count());
    assertThat(again.dueNanos(100)).isEqualTo(first.dueNanos(100));
    assertThat(other.dueNanos(100)).isNotEqualTo(first.dueNanos(100));
  }
}
