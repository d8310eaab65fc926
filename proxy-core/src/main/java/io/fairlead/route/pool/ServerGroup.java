package io.fairlead.route.pool;

import io.fairlead.backend.Connector;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Server;
import io.fairlead.backend.SpooledDeletes;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.health.PoolHealth;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Command;
import io.fairlead.route.Route;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The servers of one pool on one event loop, in the order of the configuration. */
public final class ServerGroup {
  private final PoolSettings settings;
  private final PoolStats stats;
  private final Server[] servers;
  private final List<Route> routes;
  private final @Nullable LoopSpool spool;
  private final List<Runnable> healthListeners = new ArrayList<>();

  public ServerGroup(
      ProxyLoop loop,
      PoolSettings pool,
      LimitSettings limits,
      Connector connector,
      ExchangePool exchanges,
      PoolHealth health,
      @Nullable LoopSpool spool) {
    this.spool = pool.spoolDeletes() ? spool : null;
    settings = pool;
    stats = new PoolStats(pool.name());
    servers =
        pool.servers().stream()
            .map(
                server ->
                    new Server(
                        loop,
                        pool,
                        server,
                        limits,
                        connector,
                        exchanges,
                        stats,
                        health,
                        this::changed,
                        this.spool))
            .toArray(Server[]::new);
    routes =
        IntStream.range(0, servers.length)
            .<Route>mapToObj(i -> new ServerRoute(pool, i, servers[i]))
            .toList();
  }

  /** Whether a command is a delete that servers are told of later when they cannot be told now. */
  boolean spools(Command command) {
    return spool != null && SpooledDeletes.takes(command);
  }

  private void changed() {
    healthListeners.forEach(Runnable::run);
  }

  /** Lets a route hear when a server stops or starts getting requests. */
  void onHealthChange(Runnable listener) {
    healthListeners.add(listener);
  }

  /** How many routes hear of it. */
  public int healthListeners() {
    return healthListeners.size();
  }

  /** Lets the routes that began first hear nothing any more. */
  public void forgetOldestListeners(int count) {
    healthListeners.subList(0, count).clear();
  }

  public PoolSettings settings() {
    return settings;
  }

  String name() {
    return settings.name();
  }

  /** A route to each server. */
  public List<Route> routes() {
    return routes;
  }

  public int size() {
    return servers.length;
  }

  Server get(int index) {
    return servers[index];
  }

  /** The first server from {@code index} on that gets requests; -1 when there is none. */
  int firstUp(int index) {
    for (int i = index; i < servers.length; i++) {
      if (servers[i].isUp()) {
        return i;
      }
    }
    return -1;
  }

  int countUp() {
    int up = 0;
    for (Server server : servers) {
      up += server.isUp() ? 1 : 0;
    }
    return up;
  }

  /** Sends a command to every server; {@code sink} is told each outcome, by the server's index. */
  public void broadcast(Command command, ByteBuf in, ReplySink sink, int lane) {
    for (int i = 0; i < servers.length; i++) {
      servers[i].send(command, in, sink, i, lane);
    }
  }

  /** What makes one reply of those of so many servers, all of which must do what they are asked. */
  public static ReplySink mergeOfAll(ProxyLoop loop, ReplySink sink, int slot, int servers) {
    return new WriteMerge(loop, sink, slot, servers, servers);
  }

  /** Ends the multi-gets that are being assembled for a lane. */
  public void endBatches(int lane) {
    for (Server server : servers) {
      server.endBatch(lane);
    }
  }

  /** What this event loop counts of the pool. */
  public PoolStats stats() {
    return stats;
  }

  /** Brings those counters up to date that say what waits at the servers. */
  public void countQueues() {
    for (Server server : servers) {
      server.countQueues();
    }
  }

  /** What this event loop knows of each server. */
  public List<ServerStatus> status() {
    return Arrays.stream(servers).map(Server::status).toList();
  }

  /** Opens the connections before the first request needs them. */
  public void connect() {
    for (Server server : servers) {
      server.connect();
    }
  }

  /** Whether a request waits for one of the servers. */
  public boolean isBusy() {
    return Arrays.stream(servers).anyMatch(Server::isBusy);
  }

  /** Closes all connections to the servers. */
  public void close() {
    for (Server server : servers) {
      server.close();
    }
  }
}
