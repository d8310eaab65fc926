package io.fairlead.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/** The median of some values and how far they reach; all not-a-number when there is no value. */
public record Spread(double median, double min, double max, int count) {
  /** The spread of those values that are numbers. */
  public static Spread of(double... values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    int count = sorted.length;
    if (count == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Spread(median, sorted[0], sorted[count - 1], count);
  }

  String medianText(int digits) {
    return count == 0 ? "-" : number(median, digits);
  }

  public String text(int digits) {
    return count == 0
        ? "-"
        : number(median, digits) + " [" + number(min, digits) + ".." + number(max, digits) + "]";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
