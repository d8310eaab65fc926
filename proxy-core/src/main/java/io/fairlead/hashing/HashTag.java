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

  @Override
  public String toString() {
    return "" + (char) open + (char) close;
  }
}
