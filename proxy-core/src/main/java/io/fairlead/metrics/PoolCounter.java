package io.fairlead.metrics;

/**
 * What is counted for each pool: under the names of twemproxy's statistics and in their order, so
 * that what reads those can read these.
 */
public enum PoolCounter implements Countable {
  CLIENT_EOF("client connections that the client has ended"),
  CLIENT_ERR("client connections that broke or were closed because of the client"),
  CLIENT_CONNECTIONS(Measure.gauge("client connections that are open")),
  SERVER_EJECTS("times a server was ejected"),
  FORWARD_ERROR("requests of clients that a server has failed");

  private final Measure measure;

  PoolCounter(String description) {
    this(Measure.counter(description));
  }

  PoolCounter(Measure measure) {
    this.measure = measure;
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
