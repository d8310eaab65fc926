package io.fairlead.metrics;

/** What is counted for each listener. */
public enum ListenerCounter implements Countable {
  CONNECTIONS(Measure.gauge("client connections that are open")),
  ACCEPTED("client connections accepted"),
  REJECTED_CONNECTIONS("client connections refused because of connections"),
  REJECTED_CONNECTIONS_PER_ADDRESS("client connections refused because of connections_per_address"),
  REJECTED_MEMORY("client connections refused because memory was short"),
  CLOSED_CLIENT("client connections that the client has ended"),
  CLOSED_ERROR("client connections that broke"),
  CLOSED_IDLE("client connections closed because of idle_timeout"),
  CLOSED_UNREAD("client connections closed because replies were not read"),
  CLOSED_SLOW("client connections closed because of command_timeout"),
  CLOSED_INVALID("client connections closed because of what was sent"),
  CLOSED_LOGIN("client connections closed because the client did not authenticate"),
  CLOSED_PROXY("client connections that the proxy has ended, as it stops or after a fault"),
  READS_PAUSED("times a client was not read from until something was over"),
  BUFFERED_BYTES(Measure.gauge("bytes of requests and replies kept for clients"));

  private final Measure measure;

  ListenerCounter(String description) {
    this(Measure.counter(description));
  }

  ListenerCounter(Measure measure) {
    this.measure = measure;
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
