package io.fairlead.metrics;

/**
 * What the value of a counter means, and how its values of several event loops join.
 *
 * @param description what it counts
 * @param isGauge whether it goes up and down
 * @param isHighest whether the highest value of all loops is that of all together, not their sum
 */
public record Measure(String description, boolean isGauge, boolean isHighest) {
  /** Counts what happens. */
  static Measure counter(String description) {
    return new Measure(description, false, false);
  }

  /** Says how many there are at present. */
  static Measure gauge(String description) {
    return new Measure(description, true, false);
  }

  /** Says how high something is at present, which does not add up. */
  static Measure highest(String description) {
    return new Measure(description, true, true);
  }

  long join(long one, long other) {
    return isHighest ? Math.max(one, other) : one + other;
  }
}
