package io.fairlead.hashing;

/**
 * Paul Hsieh's SuperFastHash as twemproxy has it: it starts at 0 instead of the length, and of a
 * rest of three bytes the last one is as signed as {@link KeyBytes} says.
 */
final class HsiehHash {
  private HsiehHash() {}

  static int of(byte[] key, int from, int length, int mask) {
    int h = 0;
    int rest = from + (length & ~3);
    for (int i = from; i < rest; i += 4) {
      h += LittleEndian.shortAt(key, i);
      h = (h << 16) ^ (LittleEndian.shortAt(key, i + 2) << 11) ^ h;
      h += h >>> 11;
    }
    return avalanche(withRest(h, key, rest, length & 3, mask));
  }

  private static int withRest(int hash, byte[] key, int from, int length, int mask) {
    int h = hash;
    switch (length) {
      case 3 -> {
        h += LittleEndian.shortAt(key, from);
        h ^= h << 16;
        h ^= (key[from + 2] & mask) << 18;
        h += h >>> 11;
      }
      case 2 -> {
        h += LittleEndian.shortAt(key, from);
        h ^= h << 11;
        h += h >>> 17;
      }
      case 1 -> {
        h += key[from] & 0xff;
        h ^= h << 10;
        h += h >>> 1;
      }
      default -> {}
    }
    return h;
  }

  private static int avalanche(int hash) {
    int h = hash;
    h ^= h << 3;
    h += h >>> 5;
    h ^= h << 4;
    h += h >>> 17;
    h ^= h << 25;
    return h + (h >>> 6);
  }
}
