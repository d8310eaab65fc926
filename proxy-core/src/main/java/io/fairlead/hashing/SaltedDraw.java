package io.fairlead.hashing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws one of n for a key with a number as salt; another number draws again. So mcrouter's
 * DeterministicOrderPolicy finds its candidates, with the salts 2, 3, 4 and so on. An instance
 * belongs to one thread.
 */
public final class SaltedDraw {
  private static final byte[] NO_SALT = {};

  private final SaltedKey salted = new SaltedKey(NO_SALT);
  private final Ch3 ch3;
  private final @Nullable WeightedCh3 weighted;

  private SaltedDraw(Ch3 ch3, @Nullable WeightedCh3 weighted) {
    this.ch3 = ch3;
    this.weighted = weighted;
  }

  /** Each of {@code n} as likely as the others. */
  public static SaltedDraw of(int n) {
    return new SaltedDraw(new Ch3(n), null);
  }

  /** One for each weight, which is from 0 to 1, and as likely as that in relation to the others. */
  public static SaltedDraw weighted(List<Double> weights) {
    return new SaltedDraw(new Ch3(weights.size()), new WeightedCh3(weights));
  }

  /** The index that a key without routing prefix has under {@code salt}; -1 of none. */
  public int indexOf(byte[] key, int from, int length, int salt) {
    salted.set(key, from, length);
    salted.append(salt);
    long hash = salted.murmur64(Murmur64.SEED);
    return weighted == null ? ch3.indexOf(hash) : weighted.indexOf(salted, hash);
  }
}
