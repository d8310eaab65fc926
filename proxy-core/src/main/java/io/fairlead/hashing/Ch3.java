package io.fairlead.hashing;

/**
 * Mcrouter's consistent hash {@code furc}: a number below n from the hash of a key, such that from
 * n to n + 1 no key moves but to the new number.
 *
 * <p>It walks down a binary tree of numbers with bits of an endless stream that the hash begins:
 * the first bits of a row of words, of which each is the hash of the one before. The tree is left
 * at a depth where the bit is set; the bits of a number of that depth follow, {@link #STRIDE}
 * apart. A number that is too large is drawn again further on in the stream.
 */
final class Ch3 {
  private static final int STRIDE = 23;
  private static final int MOST_DRAWS = 32;

  private final int servers;

  /** Of how many bits the largest number is. */
  private final int depth;

  /** The beginning of the stream, as far as it was needed. */
  private final long[] words;

  private int known;

  Ch3(int servers) {
    this.servers = servers;
    this.depth = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, servers - 1));
    int lastBit = depth + MOST_DRAWS * STRIDE * depth;
    this.words = new long[(lastBit >> 6) + 1];
  }

  /** The number of a key whose hash with MurmurHash64A is given; -1 when there is none at all. */
  int indexOf(long hash) {
    if (servers < 2) {
      return servers - 1;
    }
    words[0] = hash;
    known = 1;
    int d = depth;
    int at = d;
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      while (!isSet(at)) {
        if (--d == 0) {
          return 0;
        }
        at = d;
      }
      int number = 1;
      at += STRIDE;
      for (int bits = 1; bits < d; bits++) {
        number = 2 * number + (isSet(at) ? 1 : 0);
        at += STRIDE;
      }
      if (number < servers) {
        return number;
      }
    }
    return 0;
  }

  private boolean isSet(int bit) {
    int word = bit >> 6;
    while (known <= word) {
      words[known] = Murmur64.ofWord(words[known - 1]);
      known++;
    }
    return (words[word] >>> (bit & 63) & 1) != 0;
  }
}
