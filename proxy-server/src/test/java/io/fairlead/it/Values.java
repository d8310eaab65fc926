package io.fairlead.it;

import java.util.Random;

/**
 * Values whose bytes follow from the key, a number and the length, so that a reader who knows these
 * knows the value.
 *
 * <p>They look like anything, replies and line ends included, but have no digits: no value is a
 * number by chance.
 */
final class Values {
  static final int LONGEST = 300 << 10;

  private static final int OFFSETS = 64 << 10;
  private static final String[] WORDS = {"\r\nEND\r\n", "VALUE ", "\r\n", "STORED\r\n", "get "};
  private static final String NOISE = noise();

  private Values() {}

  static String of(String key, int number, int length) {
    int offset = Math.floorMod(31 * key.hashCode() + number * 0x9e3779b1, OFFSETS);
    return NOISE.substring(offset, offset + length);
  }

  /** Mostly short, sometimes none at all, now and then up to {@link #LONGEST}. */
  static int randomLength(Random random) {
    int kind = random.nextInt(1000);
    if (kind < 50) {
      return 0;
    }
    if (kind < 850) {
      return 1 + random.nextInt(100);
    }
    if (kind < 980) {
      return 100 + random.nextInt(3_000);
    }
    return kind < 997 ? random.nextInt(40_000) : random.nextInt(LONGEST + 1);
  }

  private static String noise() {
    Random random = new Random(1);
    StringBuilder noise = new StringBuilder();
    while (noise.length() < OFFSETS + LONGEST) {
      char c = (char) random.nextInt(256);
      if (c == ' ' && random.nextBoolean()) {
        noise.append(WORDS[random.nextInt(WORDS.length)]);
      } else if (c < '0' || c > '9') {
        noise.append(c);
      }
    }
    return noise.toString();
  }
}
