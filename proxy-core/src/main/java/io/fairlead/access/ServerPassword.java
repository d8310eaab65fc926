package io.fairlead.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;

/** What the proxy says to a server in order to be served: {@code user password}, in bytes. */
final class ServerPassword {
  private ServerPassword() {}

  /**
   * The first entry of a file as memcached reads it with -Y.
   *
   * @throws IllegalArgumentException when there is none, with nothing of what is there
   */
  static byte[] first(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    for (String line : text.split("\n", -1)) {
      String entry = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (!entry.isEmpty()) {
        return parse(entry);
      }
    }
    throw new IllegalArgumentException("has no line user:password");
  }

  /** The same of one entry that is given as characters. */
  static byte[] of(String entry) {
    return parse(new String(entry.getBytes(UTF_8), StandardCharsets.ISO_8859_1));
  }

  private static byte[] parse(String entry) {
    int colon = entry.indexOf(':');
    boolean hasBoth = colon > 0 && colon < entry.length() - 1;
    if (!hasBoth || entry.substring(0, colon).indexOf(' ') >= 0 || entry.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "has no user:password (expected: both, and no space in the user)");
    }
    String token = entry.substring(0, colon) + ' ' + entry.substring(colon + 1);
    return token.getBytes(StandardCharsets.ISO_8859_1);
  }
}
