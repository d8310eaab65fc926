package io.fairlead.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How long replies take, lately. One thread writes, any thread may read. */
public final class Latency {
  /** A new time moves the average by a part of 2 to this power. */
  private static final int SHIFT = 4;

  private static final VarHandle AVERAGE;

  static {
    try {
      AVERAGE = MethodHandles.lookup().findVarHandle(Latency.class, "averageNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** 0 for none yet. */
  @SuppressWarnings("unused") // by the handle
  private long averageNanos;

  Latency() {}

  /** Notes how long a reply took; on the owning loop only. */
  public void record(long nanos) {
    long average = averageNanos;
    long next = average == 0 ? nanos : average + ((nanos - average) >> SHIFT);
    AVERAGE.setOpaque(this, Math.max(1, next));
  }

  /** The average, from any thread; 0 when nothing was noted yet. */
  public long averageNanos() {
    return (long) AVERAGE.getOpaque(this);
  }
}
