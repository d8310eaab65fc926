package io.fairlead.config;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or at least odd, in a configuration file.
 *
 * @param line counted from 1; 0 when the file as a whole is meant
 * @param column counted from 1, in characters
 * @param path the key path, such as {@code pools.main.servers[1].weight}; empty for the document
 * @param value what was found, shortened and without control characters
 * @param expected what would have been right
 * @param hint what the writer of the file probably meant
 */
public record Problem(
    String file,
    int line,
    int column,
    String path,
    String value,
    String expected,
    @Nullable String hint) {

  static final Comparator<Problem> BY_POSITION =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  /** {@code file:line:column: key.path: value (expected: …); hint}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(value).append(" (expected: ").append(expected).append(')');
    return hint == null ? text.toString() : text.append("; ").append(hint).toString();
  }
}
