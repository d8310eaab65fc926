package io.fairlead.server.command;

import io.fairlead.config.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a time as it is written in the configuration file too: {@code 250ms}, {@code 2s}, {@code
 * 1m}.
 */
public final class TimeOption implements ITypeConverter<Duration> {
  private static final Duration LONGEST = Duration.ofMinutes(60);

  @Override
  public Duration convert(String text) {
    Duration time = DurationText.parse(text);
    if (time == null || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new TypeConversionException(
          text + " (expected: a time from 1ms to 60m with its unit: ms, s or m, as in 250ms)");
    }
    return time;
  }
}
