package io.fairlead.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one event loop counts of one pool, and of each of its servers. */
public final class PoolStats extends Counters<PoolCounter> {
  private final String pool;
  private final RequestStats requests;
  private final PoolEvents events;
  private final List<ServerStats> servers = new ArrayList<>();

  public PoolStats(String pool) {
    super(PoolCounter.values());
    this.pool = pool;
    this.requests = new RequestStats();
    this.events = new PoolEvents();
  }

  /** Goes on with the counters of a pool whose servers have changed; it has no servers yet. */
  public PoolStats(PoolStats before) {
    super(before);
    this.pool = before.pool;
    this.requests = before.requests;
    this.events = before.events;
  }

  /** The name of the pool. */
  public String pool() {
    return pool;
  }

  /** What became of requests that clients have sent to it, as to a target of a listener. */
  public RequestStats requests() {
    return requests;
  }

  public PoolEvents events() {
    return events;
  }

  /** Adds a server, before anyone reads. */
  public ServerStats addServer(String name) {
    ServerStats added = new ServerStats(name);
    servers.add(added);
    return added;
  }

  /** Adds a server that it has from another pool, likewise. */
  public void addServer(ServerStats server) {
    servers.add(server);
  }

  /** Those of its servers, in the order of the configuration. */
  public List<ServerStats> servers() {
    return Collections.unmodifiableList(servers);
  }
}
