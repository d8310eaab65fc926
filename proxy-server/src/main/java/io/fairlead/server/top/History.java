package io.fairlead.server.top;

import java.util.Arrays;

/** The latest requests per second, oldest first; for one thread. */
final class History {
  /** Five minutes, when the proxy is asked once a second. */
  static final int LENGTH = 300;

  private final double[] ring = new double[LENGTH];
  private long added;

  /** {@link Double#NaN} for a moment of which nothing is known. */
  void add(double perSecond) {
    ring[(int) (added++ % LENGTH)] = perSecond;
  }

  /**
   * All of it in so many cells at most, each the mean of as many as the others, but for the first
   * and the last one; {@link Double#NaN} where nothing is known. What is in a cell stays together
   * as time goes on, so that a picture of it moves and does not flicker.
   */
  double[] cells(int most) {
    int each = (LENGTH + most - 1) / most;
    long oldest = Math.max(0, added - LENGTH);
    // The oldest cell is cut as time goes on, which would be one cell too many.
    long first = Math.max(oldest / each, (added - 1) / each - most + 1);
    int count = added == 0 ? 0 : (int) ((added - 1) / each - first + 1);
    double[] cells = new double[count];
    Arrays.setAll(cells, i -> mean(Math.max(oldest, (first + i) * each), (first + i + 1) * each));
    return cells;
  }

  private double mean(long from, long to) {
    double sum = 0;
    int known = 0;
    for (long i = from; i < Math.min(to, added); i++) {
      double value = ring[(int) (i % LENGTH)];
      if (!Double.isNaN(value)) {
        sum += value;
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }
}
