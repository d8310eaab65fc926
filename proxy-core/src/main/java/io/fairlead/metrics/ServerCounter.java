package io.fairlead.metrics;

/**
 * What is counted for each server of a pool: under the names of twemproxy's statistics and in their
 * order, so that what reads those can read these.
 */
public enum ServerCounter implements Countable {
  SERVER_EOF("connections that the server has closed"),
  SERVER_ERR("connections that broke, could not be opened or carried an invalid reply"),
  SERVER_TIMEDOUT("times the server did not answer or accept a connection in time"),
  SERVER_CONNECTIONS("connections that are open", true),
  SERVER_EJECTED_AT("when the server was last ejected, in microseconds since 1970", true) {
    @Override
    public long join(long one, long other) {
      return Math.max(one, other);
    }
  },
  REQUESTS("requests sent"),
  REQUEST_BYTES("bytes of requests sent"),
  RESPONSES("replies received"),
  RESPONSE_BYTES("bytes of replies received"),
  IN_QUEUE("requests that wait to be sent", true),
  IN_QUEUE_BYTES("bytes of requests that wait to be sent", true),
  OUT_QUEUE("requests that wait for their reply", true),
  OUT_QUEUE_BYTES("bytes of requests that wait for their reply", true);

  private final String description;
  private final boolean gauge;

  ServerCounter(String description) {
    this(description, false);
  }

  ServerCounter(String description, boolean gauge) {
    this.description = description;
    this.gauge = gauge;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isGauge() {
    return gauge;
  }
}
