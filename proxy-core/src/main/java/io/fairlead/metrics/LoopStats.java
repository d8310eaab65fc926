package io.fairlead.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The counters of one event loop. One thread writes, any thread may read. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives as long as the enum is loaded
public final class LoopStats {
  // Room on both sides, so that the counters of two loops never share a cache line.
  private static final int PADDING = 16;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values = new long[Counter.values().length + 2 * PADDING];

  /** Counts one; on the owning loop only. */
  public void count(Counter counter) {
    add(counter, 1);
  }

  /** Adds {@code amount}, which may be negative for a gauge; on the owning loop only. */
  public void add(Counter counter, long amount) {
    int index = PADDING + counter.ordinal();
    ELEMENT.setOpaque(values, index, values[index] + amount);
  }

  /** Sets a gauge; on the owning loop only. */
  public void set(Counter gauge, long value) {
    ELEMENT.setOpaque(values, PADDING + gauge.ordinal(), value);
  }

  /** The present value, from any thread. */
  public long get(Counter counter) {
    return (long) ELEMENT.getOpaque(values, PADDING + counter.ordinal());
  }
}
