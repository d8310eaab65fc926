package io.fairlead.metrics;

/** The counters of one event loop. */
public final class LoopStats extends Counters<Counter> {
  public LoopStats() {
    super(Counter.values());
  }
}
