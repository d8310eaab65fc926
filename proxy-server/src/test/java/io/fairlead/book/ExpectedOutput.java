package io.fairlead.book;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page says that a command prints. {@code …} stands for anything within a line, and alone on
 * a line for any lines. What is never the same twice (times, numbers of processes, versions) may be
 * another one.
 */
final class ExpectedOutput {
  private static final String ELLIPSIS = "…";
  private static final List<Pattern> VARYING =
      List.of(
          Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"),
          Pattern.compile("pid=\"\\d+\""),
          Pattern.compile("java=\"[^\"]+\""),
          Pattern.compile("\\(Java [^)]+\\)"));

  private final List<String> lines;

  ExpectedOutput(List<String> lines) {
    this.lines = lines;
  }

  boolean matches(String output) {
    StringBuilder pattern = new StringBuilder();
    for (String line : lines) {
      pattern.append(line.strip().equals(ELLIPSIS) ? "(?:.*\n)*?" : ofLine(line) + "\\h*\n");
    }
    String text = output.isEmpty() || output.endsWith("\n") ? output : output + "\n";
    return Pattern.matches(pattern.toString(), same(text.replace("\r", "")));
  }

  private static String ofLine(String line) {
    StringBuilder pattern = new StringBuilder();
    for (String part : same(line.stripTrailing()).split(ELLIPSIS, -1)) {
      pattern
          .append(pattern.isEmpty() ? "" : ".*")
          .append(part.isEmpty() ? "" : Pattern.quote(part));
    }
    return pattern.toString();
  }

  private static String same(String text) {
    String same = text;
    for (Pattern varying : VARYING) {
      same = varying.matcher(same).replaceAll("~");
    }
    return same;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
