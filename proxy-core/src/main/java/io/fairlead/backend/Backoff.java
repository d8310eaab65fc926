package io.fairlead.backend;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Growing pauses between attempts to connect, with jitter so that proxies do not attempt in step.
 */
final class Backoff {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long next = FIRST_NANOS;

  /** The pause before the next attempt: between half of the present step and all of it. */
  long nextNanos() {
    long step = next;
    next = Math.min(step * 2, LONGEST_NANOS);
    return step / 2 + ThreadLocalRandom.current().nextLong(step / 2 + 1);
  }

  void reset() {
    next = FIRST_NANOS;
  }
}
