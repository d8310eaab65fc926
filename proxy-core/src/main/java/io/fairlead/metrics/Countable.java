package io.fairlead.metrics;

/** Something that is counted: its name, what it says, and how its values of several loops join. */
public interface Countable {
  /** The name as statistics print it. */
  String statName();

  String description();

  /** Whether it goes up and down. */
  boolean isGauge();

  /** The value of two counters together. */
  default long join(long one, long other) {
    return one + other;
  }
}
