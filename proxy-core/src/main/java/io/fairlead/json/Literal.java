package io.fairlead.json;

import java.util.regex.Pattern;

/** A value without quotes: a number, {@code true}, {@code false} or {@code null}. */
final class Literal {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  /** How many digits a long has at most. */
  private static final int LONGEST_INTEGER = 19;

  private Literal() {}

  static Json read(Source in) {
    Position start = in.position();
    String found = in.shown();
    String word = in.takeWord();
    return switch (word) {
      case "true" -> new JsonBoolean(start, true);
      case "false" -> new JsonBoolean(start, false);
      case "null" -> new JsonNull(start);
      case "" -> throw refuse(start, found, in);
      default -> number(start, word);
    };
  }

  private static Json number(Position start, String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw new JsonException(
          start,
          Excerpt.quoted(word).replace("\"", "")
              + " (expected: a value; strings need double quotes)");
    }
    if (INTEGER.matcher(word).matches() && word.length() <= LONGEST_INTEGER + 1) {
      try {
        return new JsonInteger(start, Long.parseLong(word));
      } catch (NumberFormatException e) {
        // beyond 64 bits, as a double below
      }
    }
    double value = Double.parseDouble(word);
    if (Double.isInfinite(value)) {
      throw new JsonException(
          start, "a number with too many digits (expected: at most " + Double.MAX_VALUE + ")");
    }
    return new JsonDouble(start, value);
  }

  private static JsonException refuse(Position start, String found, Source in) {
    String hint = in.isAt('\'') ? "; strings need double quotes" : "";
    return new JsonException(start, found + " (expected: a value)" + hint);
  }
}
