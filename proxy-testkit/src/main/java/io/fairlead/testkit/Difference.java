package io.fairlead.testkit;

/** Words for two byte strings that should be equal and are not. */
final class Difference {
  private static final int CONTEXT = 120;

  private Difference() {}

  /** Both sides around the first difference, one below the other. */
  static String describe(String expected, String actual, String state) {
    int at = 0;
    int common = Math.min(expected.length(), actual.length());
    while (at < common && expected.charAt(at) == actual.charAt(at)) {
      at++;
    }
    int from = Math.max(0, at - CONTEXT);
    String before = Escapes.encode(expected.substring(from, at));
    String indent = " ".repeat("expected: ".length() + (from > 0 ? 1 : 0) + before.length());
    return "bytes differ at offset %d%nexpected: %s%n  actual: %s%s%n%s^"
        .formatted(at, cut(expected, from, at), cut(actual, from, at), state, indent);
  }

  private static String cut(String bytes, int from, int at) {
    int end = Math.min(bytes.length(), at + CONTEXT);
    String text =
        Escapes.encode(bytes.substring(from, at)) + Escapes.encode(bytes.substring(at, end));
    return (from > 0 ? "…" : "") + text + (end < bytes.length() ? "…" : "");
  }
}
