package io.fairlead.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what a test expects to happen. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 2;

  private Await() {}

  /** Returns after how long {@code condition} held. */
  public static Duration until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      pause(POLL_MILLIS);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
