package io.fairlead.faults;

import java.time.Duration;
import java.util.function.Supplier;

/** How long something takes, on a machine that makes it longer now and then, and never shorter. */
final class Shortest {
  private static final int MOST_TRIES = 3;

  private Shortest() {}

  /** Measures until it took less than {@code limit}, but a few times only. */
  static Duration of(Duration limit, Supplier<Duration> measurement) {
    Duration shortest = measurement.get();
    for (int i = 1; i < MOST_TRIES && shortest.compareTo(limit) >= 0; i++) {
      Duration next = measurement.get();
      shortest = next.compareTo(shortest) < 0 ? next : shortest;
    }
    return shortest;
  }
}
