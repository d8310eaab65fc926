package io.fairlead.metrics;

/** The counters of the spool of deletes; its thread writes them. */
public final class SpoolStats extends Counters<SpoolCounter> {
  public SpoolStats() {
    super(SpoolCounter.values());
  }
}
