package io.fairlead.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of what should not have happened: a fault in the proxy, or that memory has run out.
 * It may happen to thousands of requests at once, of which one in a second is enough to read.
 */
public final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final AtomicLong nextAt = new AtomicLong(System.nanoTime());
  private static final AtomicInteger untold = new AtomicInteger();

  private Faults() {}

  /**
   * Logs it, unless another one has been logged within the last second.
   *
   * @param what what the proxy has done about it
   */
  public static void log(String what, Throwable cause) {
    long now = System.nanoTime();
    long next = nextAt.get();
    if (now - next < 0 || !nextAt.compareAndSet(next, now + PAUSE_NANOS)) {
      untold.incrementAndGet();
      return;
    }
    int others = untold.getAndSet(0);
    LOG.error("{} because of a fault in the proxy: others_not_shown={}", what, others, cause);
  }
}
