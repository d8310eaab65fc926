package io.fairlead.runtime;

import io.fairlead.metrics.Counter;
import java.util.Arrays;
import java.util.List;

/** The part of its time that each event loop is busy, by what it counts. */
final class BusyShares {
  private long lookedAt;
  private long[] busyNanos = {};
  private double[] last = {};
  private double[] smooth = {};

  /** Looks at loops, to which others may have been added at the end. */
  void look(List<LoopRuntime> loops, long now) {
    look(
        loops.stream().mapToLong(each -> each.loop().stats().get(Counter.BUSY_NANOS)).toArray(),
        now);
  }

  /**
   * The same of what they have counted.
   *
   * @param nanos in which each was busy since it began
   */
  void look(long[] nanos, long now) {
    int known = last.length;
    double passed = Math.max(1, now - lookedAt);
    long[] before = Arrays.copyOf(busyNanos, nanos.length);
    last = Arrays.copyOf(last, nanos.length);
    smooth = Arrays.copyOf(smooth, nanos.length);
    for (int i = 0; i < nanos.length; i++) {
      last[i] = Math.min(1, (nanos[i] - before[i]) / passed);
      smooth[i] = i < known ? (smooth[i] + last[i]) / 2 : last[i];
    }
    busyNanos = nanos;
    lookedAt = now;
  }

  /** Of the first loops, since the look before. */
  double[] last(int loops) {
    return Arrays.copyOf(last, loops);
  }

  /** Of the first loops, the last looks counting most. */
  double[] smooth(int loops) {
    return Arrays.copyOf(smooth, loops);
  }

  /** Of all loops together since the look before. */
  double sum() {
    return Arrays.stream(last).sum();
  }

  /** The one that is the least busy. */
  static int least(double[] busy) {
    int least = 0;
    for (int i = 1; i < busy.length; i++) {
      least = busy[i] < busy[least] ? i : least;
    }
    return least;
  }
}
