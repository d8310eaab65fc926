package io.fairlead.metrics;

/**
 * What is counted for each server of a pool: under the names of twemproxy's statistics and in their
 * order, so that what reads those can read these.
 */
public enum ServerCounter implements Countable {
  SERVER_EOF("connections that the server has closed"),
  SERVER_ERR("connections that broke, could not be opened or carried an invalid reply"),
  SERVER_TIMEDOUT("times the server did not answer or accept a connection in time"),
  SERVER_CONNECTIONS(Measure.gauge("connections that are open")),
  SERVER_EJECTED_AT(
      Measure.highest("when the server was last ejected, in microseconds since 1970")),
  REQUESTS("requests sent"),
  REQUEST_BYTES("bytes of requests sent"),
  RESPONSES("replies received"),
  RESPONSE_BYTES("bytes of replies received"),
  IN_QUEUE(Measure.gauge("requests that wait to be sent")),
  IN_QUEUE_BYTES(Measure.gauge("bytes of requests that wait to be sent")),
  OUT_QUEUE(Measure.gauge("requests that wait for their reply")),
  OUT_QUEUE_BYTES(Measure.gauge("bytes of requests that wait for their reply"));

  private final Measure measure;

  ServerCounter(String description) {
    this(Measure.counter(description));
  }

  ServerCounter(Measure measure) {
    this.measure = measure;
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
