package io.fairlead.hashing;

import java.util.List;

/**
 * Mcrouter's {@link Ch3} with weights from 0 to 1: a server takes that part of the keys that fall
 * on it, and the others are drawn again with another end, {@link #MOST_DRAWS} times at most.
 */
final class WeightedCh3 {
  private static final int MOST_DRAWS = 32;
  private static final int SPOOKY_SEED = 0xface2014;
  private static final double LARGEST = 4294967295.0;

  private final Ch3 ch3;
  private final Spooky spooky = new Spooky();

  /** A server takes a key whose second hash, 32 bits without sign, is below this. */
  private final long[] limits;

  /** With one weight for each server. */
  WeightedCh3(List<Double> weights) {
    this.ch3 = new Ch3(weights.size());
    this.limits = weights.stream().mapToLong(weight -> (long) (weight * LARGEST)).toArray();
  }

  /** The index of the server of a key, which is lengthened meanwhile; -1 when there is none. */
  int indexOf(SaltedKey key, long hash) {
    int index = ch3.indexOf(hash);
    if (limits.length < 2) {
      return index;
    }
    int length = key.length();
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      if (draw > 0) {
        key.cutTo(length);
        key.appendReversed(draw - 1);
        index = ch3.indexOf(key.murmur64(Murmur64.SEED));
      }
      int second = spooky.hash32(key.bytes(), key.from(), key.length(), SPOOKY_SEED);
      if (Integer.toUnsignedLong(second) < limits[index]) {
        return index;
      }
    }
    return index;
  }
}
