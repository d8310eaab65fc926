package io.fairlead.metrics;

/**
 * What became of requests of clients, as memcached's own statistics tell it apart. They are counted
 * here once more, because a proxy may make several requests of one, or one of several.
 */
public enum OutcomeCounter implements Countable {
  BYTES_READ("bytes of requests of clients"),
  BYTES_WRITTEN("bytes of replies to clients"),
  DELETE_HITS("delete and md requests whose key was there"),
  DELETE_MISSES("delete and md requests whose key was not there"),
  INCR_HITS("incr and ma requests whose key was there"),
  INCR_MISSES("incr and ma requests whose key was not there"),
  DECR_HITS("decr requests whose key was there"),
  DECR_MISSES("decr requests whose key was not there"),
  CAS_HITS("cas requests that have stored"),
  CAS_MISSES("cas requests whose key was not there"),
  CAS_BADVAL("cas requests before which somebody else had stored"),
  TOUCH_HITS("touch requests whose key was there"),
  TOUCH_MISSES("touch requests whose key was not there"),
  GAT_HITS("keys of gat and gats requests that were there"),
  GAT_MISSES("keys of gat and gats requests that were not there"),
  MG_HITS("mg requests whose key was there"),
  MG_MISSES("mg requests whose key was not there"),
  MS_ANSWERED("ms requests that a server has answered");

  private final Measure measure;

  OutcomeCounter(String description) {
    this.measure = Measure.counter(description);
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
