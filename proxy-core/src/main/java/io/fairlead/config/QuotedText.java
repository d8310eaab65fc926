package io.fairlead.config;

/** Text on one line: for messages, and as a YAML scalar in double quotes. */
final class QuotedText {
  private static final int LONGEST_IN_MESSAGE = 60;

  private QuotedText() {}

  /** The text in double quotes, as YAML reads it back. */
  static String quote(String text) {
    return '"' + escape(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  /** The text for a message: shortened, and control characters made visible. */
  static String shorten(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST_IN_MESSAGE) {
      return escape(text);
    }
    return escape(text.substring(0, text.offsetByCodePoints(0, LONGEST_IN_MESSAGE))) + "…";
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isVisible(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              }
            });
    return escaped.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
