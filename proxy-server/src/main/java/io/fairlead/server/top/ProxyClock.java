package io.fairlead.server.top;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is at the proxy, as far as we have heard, and for how long we have not. So times
 * agree with its log, whatever the clock here says. For one thread.
 */
final class ProxyClock {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final LongSupplier nanos;
  private long timeMillis;
  private long heardAt;
  private boolean isHeard;

  /**
   * @param nanos a clock that does not jump, as {@link System#nanoTime}
   */
  ProxyClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.heardAt = nanos.getAsLong();
  }

  /** It has answered, and said that time. */
  void heard(long millis) {
    timeMillis = millis;
    heardAt = nanos.getAsLong();
    isHeard = true;
  }

  /** Whether it has ever answered. */
  boolean isHeard() {
    return isHeard;
  }

  /** How long ago its last answer was, or the beginning when there was none. */
  long silentSeconds() {
    return (nanos.getAsLong() - heardAt) / NANOS_PER_SECOND;
  }

  /** When it last answered; null when it never has. */
  @Nullable Instant lastHeard() {
    return isHeard ? Instant.ofEpochMilli(timeMillis) : null;
  }

  /** Now; null when it has never answered. */
  @Nullable Instant now() {
    Instant last = lastHeard();
    return last == null ? null : last.plusMillis((nanos.getAsLong() - heardAt) / NANOS_PER_MILLI);
  }
}
