package io.fairlead.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as they are written: a whole number and its unit, {@code ms}, {@code s} or {@code m}.
 */
public final class DurationText {
  private static final Pattern DURATION = Pattern.compile("(0|[1-9][0-9]{0,9})(ms|s|m)");

  private DurationText() {}

  /** The duration, or null when the text is none. */
  public static @Nullable Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  /** The duration in the largest unit that leaves a whole number. */
  public static String format(Duration duration) {
    if (duration.toNanosPart() % 1_000_000 != 0) {
      throw new BadValueException(duration.toString(), "whole milliseconds");
    }
    if (duration.toMillisPart() != 0 || duration.isZero()) {
      return duration.toMillis() + "ms";
    }
    return duration.toSecondsPart() == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
