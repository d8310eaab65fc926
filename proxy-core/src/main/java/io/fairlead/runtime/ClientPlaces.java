package io.fairlead.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/** So many clients may be connected at a time, counted over all event loops. */
final class ClientPlaces {
  private volatile int most;
  private final AtomicInteger taken = new AtomicInteger();

  ClientPlaces(int most) {
    this.most = most;
  }

  /** Lets so many in from now on; those that are connected stay. */
  void limit(int changed) {
    most = changed;
  }

  /** Takes a place; false when none is left. */
  boolean take() {
    if (taken.incrementAndGet() <= most) {
      return true;
    }
    giveBack();
    return false;
  }

  void giveBack() {
    taken.decrementAndGet();
  }
}
