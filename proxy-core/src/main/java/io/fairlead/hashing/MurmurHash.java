package io.fairlead.hashing;

/** Austin Appleby's MurmurHash2, with twemproxy's seed of 0xdeadbeef times the length. */
final class MurmurHash {
  private static final int M = 0x5bd1e995;

  private MurmurHash() {}

  static int of(byte[] key, int from, int length) {
    int h = (0xdeadbeef * length) ^ length;
    int end = from + length;
    int rest = from + (length & ~3);
    for (int i = from; i < rest; i += 4) {
      int word = LittleEndian.intAt(key, i) * M;
      word = (word ^ (word >>> 24)) * M;
      h = (h * M) ^ word;
    }
    if (rest < end) {
      h = (h ^ LittleEndian.intAt(key, rest, end)) * M;
    }
    h = (h ^ (h >>> 13)) * M;
    return h ^ (h >>> 15);
  }
}
