package io.fairlead.hashing;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A key lives where the hash of the part that counts is looked up in a distribution: twemproxy's
 * way.
 */
public final class RingPlacement implements Placement {
  private final KeyHasher hasher;
  private final Distribution distribution;

  public RingPlacement(KeyHasher hasher, Distribution distribution) {
    this.hasher = hasher;
    this.distribution = distribution;
  }

  /** The placement over those of {@code members} whose index is {@code live}. */
  public static RingPlacement over(
      KeyHasher hasher, DistributionKind kind, List<RingMember> members, IntPredicate live) {
    return new RingPlacement(hasher, kind.over(members, live));
  }

  /** What the hash is looked up in. */
  public Distribution distribution() {
    return distribution;
  }

  @Override
  public long hash(byte[] key, int from, int length) {
    return Integer.toUnsignedLong(hasher.hash(key, from, length));
  }

  @Override
  public int serverOf(long hash, byte[] key, int from, int length) {
    return distribution.serverOf((int) hash);
  }
}
