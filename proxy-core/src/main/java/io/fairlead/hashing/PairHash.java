package io.fairlead.hashing;

/** One number of two: Hash128to64 of CityHash, which mcrouter combines hashes with. */
public final class PairHash {
  private static final long MULTIPLIER = 0x9ddfea08eb382d69L;

  private PairHash() {}

  public static long of(long upper, long lower) {
    long a = (lower ^ upper) * MULTIPLIER;
    a ^= a >>> 47;
    long b = (upper ^ a) * MULTIPLIER;
    b ^= b >>> 47;
    return b * MULTIPLIER;
  }
}
