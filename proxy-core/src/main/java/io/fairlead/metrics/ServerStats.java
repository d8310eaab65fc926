package io.fairlead.metrics;

import org.jspecify.annotations.Nullable;

/** What one event loop counts of one server of a pool. */
public final class ServerStats extends Counters<ServerCounter> {
  private final String server;
  private final ResultStats results = new ResultStats();
  private final Latency latency = new Latency();
  private final LatencyHistogram times = new LatencyHistogram();

  private volatile @Nullable MemcachedStats memcached;

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

  /** How long requests took that were sent to it, up to the end of the reply or the time-out. */
  public LatencyHistogram times() {
    return times;
  }

  /** What it has said of itself, if it is asked for that and has answered the last time. */
  public @Nullable MemcachedStats memcached() {
    return memcached;
  }

  /** Notes what it has said of itself; null when it did not answer. On the owning loop only. */
  public void memcached(@Nullable MemcachedStats said) {
    memcached = said;
  }

  /** How long it takes to answer, lately. */
  public Latency latency() {
    return latency;
  }
}
