package io.fairlead.backend;

import org.jspecify.annotations.Nullable;

/** The exchanges of an event loop: those that are free, and how many may be asked again. */
public final class ExchangePool {
  private static final int KEPT = 1 << 14;

  private final RetryBudget retries = new RetryBudget();
  private @Nullable Exchange free;
  private int count;

  /** Gives an exchange whose outcome {@code sink} will be told for {@code slot}. */
  public Exchange take(ReplySink sink, int slot) {
    Exchange exchange = free;
    if (exchange == null) {
      exchange = new Exchange();
    } else {
      free = exchange.nextFree;
      exchange.nextFree = null;
      count--;
    }
    exchange.sink = sink;
    exchange.slot = slot;
    return exchange;
  }

  /** How many may be asked again. */
  RetryBudget retries() {
    return retries;
  }

  /** Takes back an exchange that is over, with its twins. */
  public void give(Exchange exchange) {
    Exchange each = exchange;
    while (each != null) {
      Exchange next = each.twin;
      if (each.isSecondAttempt()) {
        retries.ended();
      }
      each.clear();
      if (count < KEPT) {
        each.nextFree = free;
        free = each;
        count++;
      }
      each = next;
    }
  }

  /** Ends an exchange that never got to a server. */
  public void fail(Exchange exchange, Failure failure) {
    exchange.failed(failure);
    give(exchange);
  }
}
