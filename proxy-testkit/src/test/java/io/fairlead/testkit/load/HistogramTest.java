package io.fairlead.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void isExactForSmallValues() {
    Histogram histogram = new Histogram();
    for (int nanos = 1; nanos <= 100; nanos++) {
      histogram.record(nanos);
    }

    assertThat(histogram.percentile(0.5)).isEqualTo(50);
    assertThat(histogram.percentile(0.99)).isEqualTo(99);
    assertThat(histogram.percentile(1)).isEqualTo(100);
  }

  @Test
  void isWithinFourPerMilleOfTheTruePercentiles() {
    Histogram histogram = new Histogram();
    long[] values = new long[50_000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.pow(10, 2 + 8 * random.nextDouble());
      histogram.record(values[i]);
    }
    Arrays.sort(values);

    for (double share : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = values[(int) Math.ceil(share * values.length) - 1];
      assertThat((double) histogram.percentile(share) / exact).isCloseTo(1, within(0.004));
    }
  }

  @Test
  void placesTheBordersOfBucketsWithinFourPerMille() {
    for (int shift = 0; shift < Long.SIZE - 1; shift++) {
      for (long nanos = (1L << shift) - 1; nanos <= (1L << shift) + 1; nanos++) {
        Histogram histogram = new Histogram();
        histogram.record(nanos);
        double error = Math.abs((double) histogram.percentile(0.5) - nanos);
        assertThat(error).isLessThanOrEqualTo(nanos * 0.004);
      }
    }
  }

  @Test
  void takesTheLargestAndNegativeValues() {
    Histogram histogram = new Histogram();
    histogram.record(Long.MAX_VALUE);
    histogram.record(-5);

    assertThat(histogram.percentile(0.5)).isZero();
    assertThat(histogram.percentile(1)).isGreaterThan(Long.MAX_VALUE / 1000 * 995);
    assertThat(histogram.total()).isEqualTo(2);
  }

  @Test
  void knowsTheLongestToTheNanosecond() {
    Histogram histogram = new Histogram();
    histogram.record(123_456_789);
    histogram.record(5);
    assertThat(histogram.longest()).isEqualTo(123_456_789);

    histogram.clear();

    assertThat(histogram.longest()).isZero();
  }

  @Test
  void forgetsEverythingWhenCleared() {
    Histogram histogram = new Histogram();
    histogram.record(77);

    histogram.clear();

    assertThat(histogram.total()).isZero();
    assertThat(histogram.percentile(0.99)).isZero();
  }
}
