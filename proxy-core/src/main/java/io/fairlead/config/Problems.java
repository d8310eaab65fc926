package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong with one file, so that all of it is reported in one run. */
final class Problems {
  private final String file;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void refuse(Mark at, String path, String value, String expected, @Nullable String hint) {
    errors.add(problem(at, path, value, expected, hint));
  }

  void refuse(int line, int column, String value, String expected) {
    errors.add(new Problem(file, line, column, "", value, expected, null));
  }

  void warn(Mark at, String path, String value, String expected) {
    warnings.add(problem(at, path, value, expected, null));
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  ConfigException toException() {
    return new ConfigException(errors.stream().sorted(Problem.BY_POSITION).toList());
  }

  List<Problem> warnings() {
    return warnings.stream().sorted(Problem.BY_POSITION).toList();
  }

  private Problem problem(
      Mark at, String path, String value, String expected, @Nullable String hint) {
    return new Problem(file, at.getLine() + 1, at.getColumn() + 1, path, value, expected, hint);
  }
}
