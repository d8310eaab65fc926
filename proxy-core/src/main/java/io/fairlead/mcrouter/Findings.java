package io.fairlead.mcrouter;

import io.fairlead.config.ConfigException;
import io.fairlead.config.Problem;
import io.fairlead.json.DuplicateKey;
import io.fairlead.json.JsonException;
import io.fairlead.json.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a configuration, and what is odd about it but no reason to refuse it.
 *
 * <p>After a mistake the reader goes on with something that stands for what is missing, so that all
 * mistakes are told in one run; what is read is given up then.
 */
final class Findings {
  /** Enough to be busy with; a file with more is another kind of file as a rule. */
  static final int MOST_MISTAKES = 20;

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private final List<Problem> mistakes = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /** How many readers are at work that want to know of a mistake by themselves. */
  private int strict;

  /** Takes note of a mistake. */
  void refuse(JsonException mistake) {
    if (strict > 0) {
      throw mistake;
    }
    Problem problem = Refusal.problem(mistake);
    if (mistakes.size() < MOST_MISTAKES && !mistakes.contains(problem)) {
      mistakes.add(problem);
    }
  }

  /** What is read; something else when that is refused, of which note is taken. */
  <T> T or(T otherwise, Supplier<? extends T> read) {
    try {
      return read.get();
    } catch (JsonException e) {
      refuse(e);
      return otherwise;
    }
  }

  /** Reads something of which every mistake is thrown, and none noted. */
  <T extends @Nullable Object> T strictly(Supplier<? extends T> read) {
    strict++;
    try {
      return read.get();
    } finally {
      strict--;
    }
  }

  boolean hasMistakes() {
    return !mistakes.isEmpty();
  }

  /** What refuses the configuration, in the order of the file. */
  ConfigException toException() {
    return new ConfigException(mistakes.stream().sorted(BY_PLACE).toList());
  }

  void warn(Position at, String path, String value, String expected) {
    warn(at, path, value, expected, null);
  }

  void warn(Position at, String path, String value, String expected, @Nullable String hint) {
    Problem problem = new Problem(at.file(), at.line(), at.column(), path, value, expected, hint);
    if (!warnings.contains(problem)) {
      warnings.add(problem);
    }
  }

  void warn(DuplicateKey duplicate) {
    Position at = duplicate.second();
    warn(
        at,
        "",
        "duplicate key " + duplicate.key(),
        "each key once, as only the last one counts; the first is at " + duplicate.first());
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }
}
