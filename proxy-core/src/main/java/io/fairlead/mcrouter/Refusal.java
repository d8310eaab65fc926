package io.fairlead.mcrouter;

import io.fairlead.config.ConfigException;
import io.fairlead.config.Problem;
import io.fairlead.json.JsonException;
import io.fairlead.json.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what the readers of JSON and of macros refuse in the form of every other dialect. */
final class Refusal {
  private static final String EXPECTED = " (expected: ";

  private Refusal() {}

  static ConfigException of(JsonException e) {
    return new ConfigException(List.of(problem(e)));
  }

  static Problem problem(JsonException e) {
    Position at = e.position();
    String text = String.valueOf(e.getMessage()).substring((at + ": ").length());
    if (!e.path().isEmpty()) {
      text = text.substring((e.path() + ": ").length());
    }
    int marker = text.indexOf(EXPECTED);
    String value = marker < 0 ? text : text.substring(0, marker);
    String rest =
        marker < 0 ? "a document that can be read)" : text.substring(marker + EXPECTED.length());
    int end = endOfBracket(rest);
    return new Problem(
        at.file(),
        at.line(),
        at.column(),
        e.path(),
        value,
        rest.substring(0, end),
        hint(rest.substring(Math.min(end + 1, rest.length()))));
  }

  /** Where the bracket ends in which the text begins: what is expected may have brackets too. */
  private static int endOfBracket(String text) {
    int open = 1;
    for (int i = 0; i < text.length(); i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (open == 0) {
        return i;
      }
    }
    return text.length();
  }

  /** What follows: through which macros the way led there, or what was probably meant. */
  private static @Nullable String hint(String rest) {
    String hint = rest.replaceFirst("^[,;] ", "");
    return hint.isEmpty() ? null : hint;
  }
}
