package io.fairlead.metrics;

/** What memcached counts of its clients, and one event loop of its own. */
public final class OutcomeStats extends Counters<OutcomeCounter> {
  OutcomeStats() {
    super(OutcomeCounter.values());
  }
}
