package io.fairlead.metrics;

/** What one event loop counts of one server of a pool. */
public final class ServerStats extends Counters<ServerCounter> {
  private final String server;

  ServerStats(String server) {
    super(ServerCounter.values());
    this.server = server;
  }

  /** The name of the server. */
  public String server() {
    return server;
  }
}
