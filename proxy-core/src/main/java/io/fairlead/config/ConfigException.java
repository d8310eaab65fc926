package io.fairlead.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused; the message holds every problem, one per line, in file order. */
public final class ConfigException extends RuntimeException {
  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
