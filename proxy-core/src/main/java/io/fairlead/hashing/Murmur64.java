package io.fairlead.hashing;

/** Austin Appleby's MurmurHash64A: 64 bits, read as unsigned, with a seed of 32. */
final class Murmur64 {
  /** The seed that mcrouter hashes keys and the tags of servers with. */
  static final long SEED = 4193360111L;

  private static final long M = 0xc6a4a7935bd1e995L;
  private static final int R = 47;

  /** The seed, and eight times the multiplier for eight bytes. */
  private static final long WORD_START = SEED ^ (M << 3);

  private Murmur64() {}

  static long of(byte[] key, int from, int length, long seed) {
    long h = seed ^ (length * M);
    int end = from + length;
    int rest = from + (length & ~7);
    for (int i = from; i < rest; i += Long.BYTES) {
      h = (h ^ mixed(LittleEndian.longAt(key, i))) * M;
    }
    if (rest < end) {
      h = (h ^ LittleEndian.longAt(key, rest, end)) * M;
    }
    return finished(h);
  }

  /** The hash of the eight bytes of {@code word}, lowest first, with {@link #SEED}. */
  static long ofWord(long word) {
    return finished((WORD_START ^ mixed(word)) * M);
  }

  private static long mixed(long block) {
    long k = block * M;
    return (k ^ (k >>> R)) * M;
  }

  private static long finished(long hash) {
    long h = (hash ^ (hash >>> R)) * M;
    return h ^ (h >>> R);
  }
}
