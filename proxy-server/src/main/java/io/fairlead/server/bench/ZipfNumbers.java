package io.fairlead.server.bench;

import java.util.SplittableRandom;

/**
 * Numbers from 0 on of which each is drawn as often as Zipf's law says: the one of rank k in
 * proportion to 1 / k^s.
 *
 * <p>By rejection-inversion (Hörmann and Derflinger, 1996): no table, so that any number of keys
 * costs nothing, and hardly more than one draw of the generator for each number.
 */
final class ZipfNumbers {
  private final SplittableRandom random;
  private final int count;
  private final double exponent;
  private final double integralOfFirst;
  private final double integralOfLast;
  private final double certain;

  /**
   * @param exponent 0 for all alike; 0.99 is what caches often see
   */
  ZipfNumbers(int count, double exponent, long seed) {
    this.random = new SplittableRandom(seed);
    this.count = count;
    this.exponent = exponent;
    this.integralOfFirst = integral(1.5) - 1;
    this.integralOfLast = integral(count + 0.5);
    this.certain = 2 - inverse(integral(2.5) - density(2));
  }

  int next() {
    if (exponent == 0) {
      return random.nextInt(count);
    }
    while (true) {
      double u = integralOfLast + random.nextDouble() * (integralOfFirst - integralOfLast);
      double x = inverse(u);
      int rank = (int) Math.max(1, Math.min(count, Math.round(x)));
      if (rank - x <= certain || u >= integral(rank + 0.5) - density(rank)) {
        return rank - 1;
      }
    }
  }

  private double density(double x) {
    return Math.exp(-exponent * Math.log(x));
  }

  /** Of the density from 1 to x. */
  private double integral(double x) {
    double log = Math.log(x);
    return expm1OverX((1 - exponent) * log) * log;
  }

  private double inverse(double y) {
    double t = Math.max(-1, y * (1 - exponent));
    return Math.exp(log1pOverX(t) * y);
  }

  private static double log1pOverX(double x) {
    return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1 - x / 2;
  }

  private static double expm1OverX(double x) {
    return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1 + x / 2;
  }
}
