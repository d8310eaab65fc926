package io.fairlead.hashing;

/**
 * The two bytes that delimit the part of a key that is hashed, so that {@code user:{42}:name} and
 * {@code user:{42}:mail} land on one server.
 *
 * <p>The first opening byte and the first closing byte after it count; with nothing between them
 * the whole key is hashed, and there is no second try (twemproxy's rule).
 */
public record HashTag(byte open, byte close) {
  /** The tag of a two-character text such as {@code {}}. */
  public static HashTag of(String text) {
    if (text.length() != 2 || text.charAt(0) > 0x7f || text.charAt(1) > 0x7f) {
      throw new IllegalArgumentException("hash_tag: " + text + " (expected: two ASCII characters)");
    }
    return new HashTag((byte) text.charAt(0), (byte) text.charAt(1));
  }

  /** Where a range of {@link #rangeOf} starts, as an index into the array of the key. */
  public static int startOf(long range) {
    return (int) (range >>> 32);
  }

  /** How many bytes a range of {@link #rangeOf} has; at least one if the key has. */
  public static int lengthOf(long range) {
    return (int) range;
  }

  /**
   * The part of a key that is hashed, to be taken apart by {@link #startOf} and {@link #lengthOf}.
   */
  public long rangeOf(byte[] key, int from, int length) {
    int end = from + length;
    int start = indexOf(open, key, from, end) + 1;
    int stop = indexOf(close, key, start, end);
    return stop < end && stop > start ? range(start, stop - start) : range(from, length);
  }

  /** The first index of {@code wanted}; not below {@code end} if there is none. */
  private static int indexOf(byte wanted, byte[] key, int from, int end) {
    int i = from;
    while (i < end && key[i] != wanted) {
      i++;
    }
    return i;
  }

  static long range(int start, int length) {
    return (long) start << 32 | length;
  }

  @Override
  public String toString() {
    return "" + (char) open + (char) close;
  }
}
