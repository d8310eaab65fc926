package io.fairlead.mcrouter;

import io.fairlead.config.Problem;
import io.fairlead.json.DuplicateKey;
import io.fairlead.json.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is odd about a configuration, but no reason to refuse it. */
final class Warnings {
  private final List<Problem> problems = new ArrayList<>();

  void add(Position at, String path, String value, String expected) {
    add(at, path, value, expected, null);
  }

  void add(Position at, String path, String value, String expected, @Nullable String hint) {
    Problem problem = new Problem(at.file(), at.line(), at.column(), path, value, expected, hint);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  void add(DuplicateKey duplicate) {
    Position at = duplicate.second();
    add(
        at,
        "",
        "duplicate key " + duplicate.key(),
        "each key once, as only the last one counts; the first is at " + duplicate.first());
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }
}
