package io.fairlead.route.limit;

import io.fairlead.config.route.RateLimitSettings.Rate;
import java.util.concurrent.TimeUnit;

/** Fills with time and is full at first; each request takes one token out of it. */
final class TokenBucket {
  /** A token that has come but for the rounding of sums is there. */
  private static final double WHOLE = 1 - 1e-9;

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double perNano;
  private final double size;
  private double tokens;
  private long filledAt;

  TokenBucket(Rate rate, long now) {
    perNano = rate.perSecond() / NANOS_PER_SECOND;
    size = rate.burst();
    tokens = size;
    filledAt = now;
  }

  /** Takes a token; false when there is none. The time must not go back. */
  boolean take(long now) {
    tokens = Math.min(size, tokens + (now - filledAt) * perNano);
    filledAt = now;
    if (tokens < WHOLE) {
      return false;
    }
    tokens--;
    return true;
  }
}
