package io.fairlead.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Wire data as strings: one character per byte. */
final class Latin1 {
  private Latin1() {}

  /** Fails on characters that are no byte, instead of sending a question mark. */
  static byte[] bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        throw new IllegalArgumentException(
            "character " + i + ": " + text.charAt(i) + " (expected: one byte, 0x00-0xff)");
      }
    }
    return text.getBytes(ISO_8859_1);
  }

  static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
