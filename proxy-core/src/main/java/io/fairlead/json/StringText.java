package io.fairlead.json;

/**
 * What stands between double quotes. Line feeds and other control characters may stand there as
 * they are: calls of macros are written over several lines.
 */
final class StringText {
  private static final String ESCAPED = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";
  private static final int HEX_DIGITS = 4;

  private StringText() {}

  static String read(Source in) {
    Position start = in.position();
    in.next();
    StringBuilder text = new StringBuilder();
    while (!in.take('"')) {
      if (in.isAtEnd()) {
        throw new JsonException(start, "a string that is not closed (expected: \" at its end)");
      }
      if (in.isAt('\\')) {
        appendEscaped(in, text);
      } else {
        text.append(in.next());
      }
    }
    return text.toString();
  }

  private static void appendEscaped(Source in, StringBuilder text) {
    Position start = in.position();
    in.next();
    if (in.isAt('u')) {
      appendUnicode(in, start, text);
      return;
    }
    if (!in.isAtAnyOf(ESCAPED)) {
      throw new JsonException(
          start,
          "a backslash and "
              + in.shown()
              + " (expected: one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000)");
    }
    text.append(MEANT.charAt(ESCAPED.indexOf(in.next())));
  }

  /** Characters beyond 16 bits are two such escapes, neither of which means anything alone. */
  private static void appendUnicode(Source in, Position start, StringBuilder text) {
    char first = unicode(in, start);
    if (!Character.isSurrogate(first)) {
      text.append(first);
      return;
    }
    if (Character.isHighSurrogate(first) && in.isAt("\\u")) {
      in.next();
      char second = unicode(in, start);
      if (Character.isLowSurrogate(second)) {
        text.append(first).append(second);
        return;
      }
    }
    throw new JsonException(
        start, String.format("\\u%04x (expected: both halves of a surrogate pair)", (int) first));
  }

  private static char unicode(Source in, Position start) {
    in.next();
    int code = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int digit =
          in.isAtEnd() || !in.isAtAnyOf("0123456789abcdefABCDEF")
              ? -1
              : Character.digit(in.next(), 16);
      if (digit < 0) {
        throw new JsonException(
            start, "\\u and " + in.shown() + " (expected: four hexadecimal digits)");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }
}
