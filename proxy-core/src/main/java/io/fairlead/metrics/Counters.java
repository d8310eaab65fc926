package io.fairlead.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;

/** One counter for each constant of an enum. One thread writes, any thread may read. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives as long as the enum is loaded
public abstract sealed class Counters<E extends Enum<E> & Countable>
    permits CommandStats,
        ListenerStats,
        LoopStats,
        OutcomeStats,
        PoolEvents,
        PoolStats,
        ResultStats,
        ServerStats,
        SpoolStats {
  // Room on both sides, so that the counters of two loops never share a cache line.
  private static final int PADDING = 16;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values;

  Counters(E[] constants) {
    values = new long[constants.length + 2 * PADDING];
  }

  /** Goes on counting where another one is. */
  Counters(Counters<E> before) {
    values = before.values;
  }

  /** Counts one; on the owning loop only. */
  public final void count(E counter) {
    add(counter, 1);
  }

  /** Adds {@code amount}, which may be negative for a gauge; on the owning loop only. */
  public final void add(E counter, long amount) {
    int index = PADDING + counter.ordinal();
    ELEMENT.setOpaque(values, index, values[index] + amount);
  }

  /** Makes {@code value} the present one; on the owning loop only. */
  public final void set(E counter, long value) {
    ELEMENT.setOpaque(values, PADDING + counter.ordinal(), value);
  }

  /** The present value, from any thread. */
  public final long get(E counter) {
    return (long) ELEMENT.getOpaque(values, PADDING + counter.ordinal());
  }

  /** The present value over several loops, from any thread. */
  public static <E extends Enum<E> & Countable> long joined(
      Collection<? extends Counters<E>> loops, E counter) {
    long value = 0;
    for (Counters<E> loop : loops) {
      value = counter.join(value, loop.get(counter));
    }
    return value;
  }
}
