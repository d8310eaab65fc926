package io.fairlead.hashing;

import java.util.List;

/** By {@link WeightedCh3}. */
final class WeightedCh3Placement implements Placement {
  private final SaltedKey salted;
  private final WeightedCh3 ch3;

  WeightedCh3Placement(byte[] salt, List<Double> weights) {
    this.salted = new SaltedKey(salt);
    this.ch3 = new WeightedCh3(weights);
  }

  @Override
  public long hash(byte[] key, int from, int length) {
    salted.set(key, from, length);
    return salted.murmur64(Murmur64.SEED);
  }

  @Override
  public int serverOf(long hash, byte[] key, int from, int length) {
    salted.set(key, from, length);
    return ch3.indexOf(salted, hash);
  }
}
