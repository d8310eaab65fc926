package io.fairlead.metrics;

/** How often each of these happened in a pool. */
public final class PoolEvents extends Counters<PoolEvent> {
  PoolEvents() {
    super(PoolEvent.values());
  }
}
