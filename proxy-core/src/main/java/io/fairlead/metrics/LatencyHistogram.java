package io.fairlead.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How long things took, from the beginning. One thread writes, any thread may read. */
public final class LatencyHistogram {
  // Room on both sides, so that those of two loops never share a cache line.
  private static final int PADDING = 16;
  private static final int SUM = PADDING + LatencyBounds.COUNT;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values = new long[LatencyBounds.COUNT + 1 + 2 * PADDING];

  LatencyHistogram() {}

  /** Notes how long something took; on the owning loop only. */
  public void record(long nanos) {
    add(PADDING + LatencyBounds.bucketOf(nanos), 1);
    add(SUM, nanos);
  }

  private void add(int index, long amount) {
    ELEMENT.setOpaque(values, index, values[index] + amount);
  }

  /** What has been noted so far, from any thread. */
  public LatencySnapshot snapshot() {
    long[] counts = new long[LatencyBounds.COUNT];
    for (int bucket = 0; bucket < counts.length; bucket++) {
      counts[bucket] = (long) ELEMENT.getOpaque(values, PADDING + bucket);
    }
    return new LatencySnapshot(counts, (long) ELEMENT.getOpaque(values, SUM));
  }
}
