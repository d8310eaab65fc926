package io.fairlead.metrics;

/**
 * What is counted for each pool: under the names of twemproxy's statistics and in their order, so
 * that what reads those can read these.
 */
public enum PoolCounter implements Countable {
  CLIENT_EOF("client connections that the client has ended"),
  CLIENT_ERR("client connections that broke or were closed because of the client"),
  CLIENT_CONNECTIONS("client connections that are open", true),
  SERVER_EJECTS("times a server was ejected"),
  FORWARD_ERROR("requests of clients that a server has failed");

  private final String description;
  private final boolean gauge;

  PoolCounter(String description) {
    this(description, false);
  }

  PoolCounter(String description, boolean gauge) {
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
