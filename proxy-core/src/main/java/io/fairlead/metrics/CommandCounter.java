package io.fairlead.metrics;

/** What requests want, by the names that mcrouter's statistics have for it. */
public enum CommandCounter implements Countable {
  ADD("add requests"),
  APPEND("append requests"),
  CAS("cas requests"),
  DECR("decr requests"),
  DELETE("delete and md requests"),
  FLUSHALL("flush_all requests"),
  GAT("keys of gat requests"),
  GATS("keys of gats requests"),
  GET("mg requests, and keys of get requests where nothing else counts them"),
  GETS("keys of gets requests"),
  INCR("incr and ma requests"),
  PREPEND("prepend requests"),
  REPLACE("replace requests"),
  SET("set and ms requests"),
  TOUCH("touch requests");

  private final Measure measure;

  CommandCounter(String description) {
    this.measure = Measure.counter(description);
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
