package io.fairlead.loop;

import java.util.concurrent.TimeUnit;

/** Fills with time and is full at first; each request takes one token out of it. */
public final class TokenBucket {
  /** A token that has come but for the rounding of sums is there. */
  private static final double WHOLE = 1 - 1e-9;

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double perNano;
  private final double size;
  private double tokens;
  private long filledAt;

  public TokenBucket(double perSecond, double burst, long now) {
    perNano = perSecond / NANOS_PER_SECOND;
    size = burst;
    tokens = size;
    filledAt = now;
  }

  /** Takes a token; false when there is none. The time must not go back. */
  public boolean take(long now) {
    boolean has = hasToken(now);
    if (has) {
      spend();
    }
    return has;
  }

  /** Whether there is a token. The time must not go back. */
  public boolean hasToken(long now) {
    tokens = Math.min(size, tokens + (now - filledAt) * perNano);
    filledAt = now;
    return tokens >= WHOLE;
  }

  /** Takes a token that was there. */
  public void spend() {
    tokens--;
  }

  /** How long it takes from when it was last looked at until there is a token. */
  public long nanosUntilToken() {
    return tokens >= WHOLE ? 0 : (long) Math.ceil((WHOLE - tokens) / perNano);
  }
}
