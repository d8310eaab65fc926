package io.fairlead.metrics;

/** What happens in a pool beside its requests; not among twemproxy's statistics. */
public enum PoolEvent implements Countable {
  RETRIES("gets that were asked again after a connection was lost"),
  COALESCED("keys that travelled in a multi-get together with another client's"),
  SHARED("keys answered by another request's copy of the same key"),
  REPAIRS("values given to replicas that did not have them"),
  FAILOVERS("requests that went on to another child of a failover because this pool had failed"),
  FAILOVERS_FAILED("of these, those that the last one asked failed as well"),
  SHADOW_COMPARED("replies of a shadow that were compared with those of its target"),
  SHADOW_MISMATCHES("of these, those that were not the same");

  private final Measure measure;

  PoolEvent(String description) {
    this.measure = Measure.counter(description);
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
