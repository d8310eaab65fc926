package io.fairlead.testkit.load;

import java.util.Arrays;

/**
 * Counts of durations in nanoseconds, in buckets that widen with the value: exact below 128, and
 * from there on 128 buckets to each power of two, so that a percentile is off by less than 0.4 %.
 */
public final class Histogram {
  private static final int BITS = 7;
  private static final int PER_POWER = 1 << BITS;
  private static final int BUCKETS = (Long.SIZE - BITS) * PER_POWER;

  private final long[] counts = new long[BUCKETS];
  private long total;
  private long longest;

  /** Counts one duration; one below zero counts as zero. */
  public void record(long nanos) {
    counts[bucketOf(Math.max(0, nanos))]++;
    total++;
    longest = Math.max(longest, nanos);
  }

  public long total() {
    return total;
  }

  /** The longest duration, to the nanosecond; 0 when empty. */
  public long longest() {
    return longest;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, 0);
    total = 0;
    longest = 0;
  }

  /** The duration that {@code share} (0 to 1) of all durations do not exceed; 0 when empty. */
  public long percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long passed = 0;
    for (int bucket = 0; bucket < BUCKETS && total > 0; bucket++) {
      passed += counts[bucket];
      if (passed >= rank) {
        return Math.min(middleOf(bucket), longest);
      }
    }
    return 0;
  }

  private static int bucketOf(long nanos) {
    if (nanos < PER_POWER) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - BITS;
    return (shift << BITS) + (int) (nanos >>> shift);
  }

  private static long middleOf(int bucket) {
    if (bucket < PER_POWER) {
      return bucket;
    }
    int shift = (bucket >> BITS) - 1;
    long lowest = (long) (bucket - (shift << BITS)) << shift;
    return lowest + ((1L << shift) - 1) / 2;
  }
}
