package io.fairlead.macro;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The order that {@code std::shuffle} of libstdc++ gives with a {@code std::minstd_rand}: which
 * server of a shuffled pool has a key depends on it, so that a seed must give the order that it
 * gives in mcrouter.
 */
final class Shuffle {
  private static final long MULTIPLIER = 48271;
  private static final long MODULUS = Integer.MAX_VALUE;

  /** How many different numbers the generator gives; the lowest is 1. */
  private static final long NUMBERS = MODULUS - 1;

  private long state;

  private Shuffle(long seed) {
    this.state = seed % MODULUS == 0 ? 1 : seed % MODULUS;
  }

  /** Of the seed the lowest 32 bits count. */
  static Shuffle seeded(long seed) {
    return new Shuffle(seed & 0xffff_ffffL);
  }

  static Shuffle unpredictable() {
    return new Shuffle(ThreadLocalRandom.current().nextLong(1, MODULUS));
  }

  void apply(List<?> items) {
    long size = items.size();
    boolean drawsPairs = size > 0 && (NUMBERS - 1) / size >= size;
    if (drawsPairs) {
      applyPairwise(items);
      return;
    }
    for (int i = 1; i < size; i++) {
      Collections.swap(items, i, (int) below(i + 1L));
    }
  }

  /** While the square of their number is small enough one draw serves two elements. */
  private void applyPairwise(List<?> items) {
    int i = 1;
    if (items.size() % 2 == 0) {
      Collections.swap(items, i++, (int) below(2));
    }
    while (i < items.size()) {
      long second = i + 2L;
      long drawn = below((i + 1L) * second);
      Collections.swap(items, i++, (int) (drawn / second));
      Collections.swap(items, i++, (int) (drawn % second));
    }
  }

  /** A number from 0 up to the bound, which it never is; what would favour some is drawn anew. */
  private long below(long bound) {
    long scale = (NUMBERS - 1) / bound;
    long drawn = next();
    while (drawn >= bound * scale) {
      drawn = next();
    }
    return drawn / scale;
  }

  private long next() {
    state = state * MULTIPLIER % MODULUS;
    return state - 1;
  }
}
