package io.fairlead.route;

import io.fairlead.backend.Connector;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Server;
import io.fairlead.backend.SpooledDeletes;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Command;
import io.fairlead.spool.LoopSpool;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers of one pool on one event loop, in the order of the configuration. */
final class ServerGroup {
  private final PoolStats stats;
  private final Server[] servers;
  private final @Nullable LoopSpool spool;

  ServerGroup(
      ProxyLoop loop,
      PoolSettings pool,
      LimitSettings limits,
      Connector connector,
      ExchangePool exchanges,
      Runnable onHealthChange,
      @Nullable LoopSpool spool) {
    this.spool = pool.spoolDeletes() ? spool : null;
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
                        onHealthChange,
                        this.spool))
            .toArray(Server[]::new);
  }

  /** Whether a command is a delete that servers are told of later when they cannot be told now. */
  boolean spools(Command command) {
    return spool != null && SpooledDeletes.takes(command);
  }

  int size() {
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

  void endBatches(int lane) {
    for (Server server : servers) {
      server.endBatch(lane);
    }
  }

  PoolStats stats() {
    return stats;
  }

  void countQueues() {
    for (Server server : servers) {
      server.countQueues();
    }
  }

  List<ServerStatus> status() {
    return Arrays.stream(servers).map(Server::status).toList();
  }

  void connect() {
    for (Server server : servers) {
      server.connect();
    }
  }

  void close() {
    for (Server server : servers) {
      server.close();
    }
  }
}
