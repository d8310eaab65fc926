package io.fairlead.metrics;

/** What memcached counts of its clients, and one event loop of its own. */
public final class MemcachedStats extends Counters<MemcachedCounter> {
  MemcachedStats() {
    super(MemcachedCounter.values());
  }
}
