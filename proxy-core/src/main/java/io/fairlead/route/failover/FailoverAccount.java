package io.fairlead.route.failover;

import io.fairlead.config.route.FailoverSettings.Limit;
import org.jspecify.annotations.Nullable;

/**
 * How many failovers there may be: each request pays in a part of one, and each failover takes one
 * out. Full at first. Each event loop has its own.
 */
final class FailoverAccount {
  /** Whole numbers, because ten tenths shall be one. */
  private static final long ONE = 1_000_000_000;

  private final long rate;
  private final long most;
  private long balance;

  private FailoverAccount(Limit limit) {
    this.rate = Math.round(limit.rate() * ONE);
    this.most = Math.max(ONE, Math.round(limit.burst() * ONE));
    this.balance = most;
  }

  static @Nullable FailoverAccount of(@Nullable Limit limit) {
    return limit == null ? null : new FailoverAccount(limit);
  }

  /** A request has come. */
  void payIn() {
    balance = Math.min(most, balance + rate);
  }

  /** Takes one out, if there is one. */
  boolean take() {
    if (balance < ONE) {
      return false;
    }
    balance -= ONE;
    return true;
  }
}
