package io.fairlead.benchmarks.load;

import io.fairlead.testkit.load.PoissonTimes;
import java.util.Arrays;
import java.util.PrimitiveIterator;

/**
 * When the requests of an open loop are due, in nanoseconds after its start: a Poisson process, so
 * that requests come as from many independent clients, in clusters too. Drawn beforehand and
 * immutable, so that the loop and its alarm clock can both read it.
 */
final class Arrivals {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] due;

  private Arrivals(long[] due) {
    this.due = due;
  }

  /** Arrivals for {@code seconds}, the same ones for the same seed. */
  static Arrivals poisson(double perSecond, double seconds, long seed) {
    PoissonTimes times = new PoissonTimes(perSecond, seed);
    double end = seconds * NANOS_PER_SECOND;
    long[] due = new long[16];
    int count = 0;
    for (long at = times.nextLong(); at < end; at = times.nextLong()) {
      due = count == due.length ? Arrays.copyOf(due, 2 * count) : due;
      due[count++] = at;
    }
    return new Arrivals(Arrays.copyOf(due, count));
  }

  int count() {
    return due.length;
  }

  long dueNanos(int index) {
    return due[index];
  }

  /** All of them, in their order. */
  PrimitiveIterator.OfLong dues() {
    return Arrays.stream(due).iterator();
  }
}
