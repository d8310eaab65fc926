package io.fairlead.server.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many in a second; 0 for {@code max}, as many as are answered. */
public final class RateOption implements ITypeConverter<Double> {
  private static final double MOST_PER_SECOND = 10_000_000;

  @Override
  public Double convert(String text) {
    if (text.equals("max")) {
      return 0.0;
    }
    double rate = text.matches("\\d{1,8}(\\.\\d{1,3})?") ? Double.parseDouble(text) : 0;
    if (rate <= 0 || rate > MOST_PER_SECOND) {
      throw new TypeConversionException(text + " (expected: requests per second, as 1000, or max)");
    }
    return rate;
  }
}
