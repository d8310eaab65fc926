package io.fairlead.metrics;

import java.util.Locale;

/** Something that is counted: its name, what it says, and how its values of several loops join. */
public interface Countable {
  /** That of the constant. */
  String name();

  /** The name as statistics print it. */
  default String statName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Measure measure();

  default String description() {
    return measure().description();
  }

  /** Whether it goes up and down. */
  default boolean isGauge() {
    return measure().isGauge();
  }

  /** The value of two counters together. */
  default long join(long one, long other) {
    return measure().join(one, other);
  }
}
