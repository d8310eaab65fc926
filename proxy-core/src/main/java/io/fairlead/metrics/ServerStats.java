package io.fairlead.metrics;

/** What one event loop counts of one server of a pool. */
public final class ServerStats extends Counters<ServerCounter> {
  private final String server;
  private final ResultStats results = new ResultStats();
  private final Latency latency = new Latency();

  ServerStats(String server) {
    super(ServerCounter.values());
    this.server = server;
  }

  /** The name of the server. */
  public String server() {
    return server;
  }

  /** What became of what it was asked, key by key. */
  public ResultStats results() {
    return results;
  }

  /** How long it takes to answer. */
  public Latency latency() {
    return latency;
  }
}
