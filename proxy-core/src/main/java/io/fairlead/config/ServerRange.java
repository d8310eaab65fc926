package io.fairlead.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Servers that are written as one: {@code cache-{0..2}.svc:11211} stands for three. */
final class ServerRange {
  static final String EXPECTED = "a range such as {0..2}, once, that rises to 999 at most";

  private static final Pattern RANGE =
      Pattern.compile("([^{}]*)\\{([0-9]{1,3})\\.\\.([0-9]{1,3})}([^{}]*)");

  private ServerRange() {}

  static boolean isRange(String text) {
    return text.indexOf('{') >= 0;
  }

  /** The addresses one by one; none when the text is no range. */
  static List<String> expand(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      return List.of();
    }
    int first = Integer.parseInt(range.group(2));
    int last = Integer.parseInt(range.group(3));
    return IntStream.rangeClosed(first, last)
        .mapToObj(i -> range.group(1) + i + range.group(4))
        .toList();
  }
}
