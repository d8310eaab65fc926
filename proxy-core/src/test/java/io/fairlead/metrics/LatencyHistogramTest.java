package io.fairlead.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void beginsEmpty() {
    assertThat(histogram.snapshot().count()).isZero();
    assertThat(histogram.snapshot().sumNanos()).isZero();
    assertThat(histogram.snapshot().quantile(0.99)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 1_000_000})
  void aRoundBoundDividesExactly(long micros) {
    long nanos = TimeUnit.MICROSECONDS.toNanos(micros);
    histogram.record(nanos);
    histogram.record(nanos + 1);

    assertThat(histogram.snapshot().countUpTo(Duration.ofNanos(nanos))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-5", "10000", "10000000000", "10000000001", "9223372036854775807"})
  void takesAnyTime(long nanos) {
    histogram.record(nanos);

    assertThat(histogram.snapshot().count()).isEqualTo(1);
  }

  @Test
  void findsTheBucketThatATimeBelongsTo() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long nanos = (long) Math.exp(random.nextDouble() * 25);
      int bucket = LatencyBounds.bucketOf(nanos);

      assertThat(nanos).isGreaterThan(bucket == 0 ? -1 : LatencyBounds.lowerNanos(bucket));
      if (bucket < LatencyBounds.COUNT - 1) {
        assertThat(nanos).isLessThanOrEqualTo(LatencyBounds.upperNanos(bucket));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 0.9, 0.99, 0.999})
  void estimatesQuantiles(double part) {
    long[] times = new Random(1).longs(100_000, 20_000, 50_000_000).sorted().toArray();
    LongStream.of(times).forEach(histogram::record);

    long exact = times[(int) (part * times.length)];
    assertThat(histogram.snapshot().quantile(part)).isCloseTo(exact, Percentage.withPercentage(12));
    assertThat(histogram.snapshot().sumNanos()).isEqualTo(LongStream.of(times).sum());
  }

  @Test
  void theDifferenceOfTwoSnapshotsIsWhatCameBetween() {
    histogram.record(1_000_000);
    LatencySnapshot earlier = histogram.snapshot();
    histogram.record(100_000_000);

    LatencySnapshot between = histogram.snapshot().minus(earlier);

    assertThat(between.count()).isEqualTo(1);
    assertThat(between.sumNanos()).isEqualTo(100_000_000);
    assertThat(between.quantile(0.5)).isCloseTo(100_000_000, within(12_000_000L));
  }

  @Test
  void theDifferenceOfOtherThingsIsNothing() {
    histogram.record(1_000_000);

    LatencySnapshot between = LatencySnapshot.NONE.minus(histogram.snapshot());

    assertThat(between.count()).isZero();
    assertThat(between.sumNanos()).isZero();
  }

  @Test
  void severalLoopsAreAddedUp() {
    LatencyHistogram other = new LatencyHistogram();
    histogram.record(20_000);
    other.record(30_000);

    LatencySnapshot all = LatencySnapshot.of(List.of(histogram, other));

    assertThat(all.count()).isEqualTo(2);
    assertThat(all.sumNanos()).isEqualTo(50_000);
  }
}
