package io.fairlead.metrics;

import java.time.Duration;
import java.util.Collection;

/**
 * How long things took, up to a moment, or between two. Never changes.
 *
 * <p>What is between two moments is the difference of the later snapshot and the earlier one.
 */
public final class LatencySnapshot {
  /** Of nothing. */
  public static final LatencySnapshot NONE = new LatencySnapshot(new long[LatencyBounds.COUNT], 0);

  private final long[] counts;
  private final long sumNanos;

  /** Takes the array. */
  LatencySnapshot(long[] counts, long sumNanos) {
    this.counts = counts;
    this.sumNanos = sumNanos;
  }

  /** What several histograms, as a rule those of the event loops, have together. */
  public static LatencySnapshot of(Collection<LatencyHistogram> histograms) {
    LatencySnapshot all = NONE;
    for (LatencyHistogram histogram : histograms) {
      all = all.plus(histogram.snapshot());
    }
    return all;
  }

  public LatencySnapshot plus(LatencySnapshot other) {
    return combined(other, 1);
  }

  /** What has come since {@code earlier}; where that has more, it is of other things: nothing. */
  public LatencySnapshot minus(LatencySnapshot earlier) {
    return combined(earlier, -1);
  }

  private LatencySnapshot combined(LatencySnapshot other, int sign) {
    long[] combined = new long[counts.length];
    for (int bucket = 0; bucket < combined.length; bucket++) {
      combined[bucket] = Math.max(0, counts[bucket] + sign * other.counts[bucket]);
    }
    return new LatencySnapshot(combined, Math.max(0, sumNanos + sign * other.sumNanos));
  }

  /** How many things there were. */
  public long count() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }

  /** How long all of them took together. */
  public long sumNanos() {
    return sumNanos;
  }

  /** How many took no longer than {@code limit}, which should be a bound, as 1, 2.5 and 5 are. */
  public long countUpTo(Duration limit) {
    long nanos = limit.toNanos();
    long count = 0;
    for (int bucket = 0; bucket < counts.length - 1; bucket++) {
      if (LatencyBounds.upperNanos(bucket) > nanos) {
        break;
      }
      count += counts[bucket];
    }
    return count;
  }

  /**
   * The time that this part of all, from 0 to 1, did not exceed, in nanoseconds: estimated within
   * its bucket, so that it is at most 12 % off between 10 us and 10 s. 0 when there is nothing.
   */
  public long quantile(double part) {
    double rank = part * count();
    long before = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      long inside = counts[bucket];
      if (inside > 0 && before + inside >= rank) {
        long lower = LatencyBounds.lowerNanos(bucket);
        long upper = LatencyBounds.upperNanos(bucket);
        return lower + (long) ((upper - lower) * Math.max(0, rank - before) / inside);
      }
      before += inside;
    }
    return 0;
  }
}
