package io.fairlead.metrics;

/**
 * Into which buckets times are sorted: the same for every histogram, so that any two can be added.
 *
 * <p>Twenty to each power of ten, from 10 us to 10 s, each about 12 % wider than the one before, at
 * round numbers: what Prometheus is given are sums of whole buckets. A first one is for all that is
 * shorter, and a last one for all that is longer.
 */
final class LatencyBounds {
  /*
   * The bucket of a time is found by its highest four bits: they lead to the first bucket that it can be
   * in, and it is that one or one of the next two.
   */
  private static final int[] STEPS = {
    100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800,
    900
  };

  private static final long FIRST_NANOS = 10_000;
  private static final int POWERS = 6;
  private static final int STEPS_ARE_HUNDREDTHS = 100;

  /** Bits of a time that count, beside the highest one. */
  private static final int FINE_BITS = 3;

  private static final long[] UPPER = upper();

  /** How many buckets there are. */
  static final int COUNT = UPPER.length + 1;

  private static final byte[] FIRST_BUCKETS = firstBuckets();

  private LatencyBounds() {}

  private static long[] upper() {
    long[] bounds = new long[POWERS * STEPS.length + 1];
    long power = FIRST_NANOS;
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = power / STEPS_ARE_HUNDREDTHS * STEPS[i % STEPS.length];
      power = i % STEPS.length == STEPS.length - 1 ? power * 10 : power;
    }
    return bounds;
  }

  private static byte[] firstBuckets() {
    byte[] first = new byte[Long.SIZE << FINE_BITS];
    int bucket = 0;
    for (int slot = 0; slot < first.length; slot++) {
      while (bucket < UPPER.length && UPPER[bucket] < leastOf(slot)) {
        bucket++;
      }
      first[slot] = (byte) bucket;
    }
    return first;
  }

  /** The shortest time with these highest bits. */
  private static long leastOf(int slot) {
    int exponent = slot >>> FINE_BITS;
    long bits = (1L << FINE_BITS) | (slot & ((1 << FINE_BITS) - 1));
    return exponent < FINE_BITS ? 0 : bits << (exponent - FINE_BITS);
  }

  private static int slotOf(long nanos) {
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    long fine = nanos >>> (exponent - FINE_BITS);
    return (exponent << FINE_BITS) | (int) (fine & ((1 << FINE_BITS) - 1));
  }

  /** The bucket of a time: the first one that goes up to it. */
  static int bucketOf(long nanos) {
    if (nanos <= FIRST_NANOS) {
      return 0;
    }
    int bucket = FIRST_BUCKETS[slotOf(nanos)];
    while (bucket < UPPER.length && UPPER[bucket] < nanos) {
      bucket++;
    }
    return bucket;
  }

  /** Up to where a bucket goes; the last one has no end, and is taken to end where it begins. */
  static long upperNanos(int bucket) {
    return UPPER[Math.min(bucket, UPPER.length - 1)];
  }

  /** Behind where a bucket begins. */
  static long lowerNanos(int bucket) {
    return bucket == 0 ? 0 : UPPER[bucket - 1];
  }
}
