package io.fairlead.loop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the log short: of what may happen to thousands of connections at once, one line in a while
 * is enough. For any thread.
 */
public final class LogPause {
  /** What {@link #next} gives when nothing is to be logged. */
  public static final int QUIET = -1;

  private final long nanos;
  private final AtomicLong nextAt = new AtomicLong(System.nanoTime());
  private final AtomicInteger untold = new AtomicInteger();

  /**
   * @param between two lines at least
   */
  public LogPause(Duration between) {
    nanos = between.toNanos();
  }

  /** How many were not logged since the last one, if this one is to be; else {@link #QUIET}. */
  public int next() {
    return next(System.nanoTime());
  }

  int next(long now) {
    long next = nextAt.get();
    if (now - next < 0 || !nextAt.compareAndSet(next, now + nanos)) {
      untold.incrementAndGet();
      return QUIET;
    }
    return untold.getAndSet(0);
  }
}
