package io.fairlead.route.limit;

import io.fairlead.config.route.SlowWarmUpSettings;

/**
 * How many of the latest reads of a server were hits, and whether that makes it a cold one.
 *
 * <p>Known from {@code minRequests} reads on; of twice so many, the older half counts half, so that
 * a server that has lost everything is seen to be cold however long it has been warm.
 */
final class HitRate {
  private final SlowWarmUpSettings settings;
  private double hits;
  private double reads;
  private boolean cold;

  HitRate(SlowWarmUpSettings settings) {
    this.settings = settings;
  }

  void count(boolean hit) {
    reads++;
    hits += hit ? 1 : 0;
    if (reads < settings.minRequests()) {
      return;
    }
    cold = rate() < (cold ? settings.disable() : settings.enable());
    if (reads >= 2.0 * settings.minRequests()) {
      reads /= 2;
      hits /= 2;
    }
  }

  private double rate() {
    return reads == 0 ? 0 : hits / reads;
  }

  boolean isCold() {
    return cold;
  }

  /** The part of its reads that a cold server gets. */
  double share() {
    return settings.start() + settings.step() * rate();
  }
}
