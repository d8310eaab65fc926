package io.fairlead.runtime;

import io.fairlead.backend.ExchangePool;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.StatsReply;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.ReplicatedPool;
import io.fairlead.route.Route;
import io.fairlead.route.ShardedPool;
import io.fairlead.spool.LoopSpool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event loop at work: its routes to every pool, and its clients of every listener. */
final class LoopRuntime {
  private final ProxyLoop loop;
  private final ChannelConnector connector;
  private final @Nullable LoopSpool spool;
  private final ExchangePool exchanges = new ExchangePool();
  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final List<Clients> clients = new ArrayList<>();

  /**
   * @param spool where failed deletes are kept; null for nowhere
   */
  LoopRuntime(ProxyLoop loop, ChannelConnector connector, @Nullable LoopSpool spool) {
    this.loop = loop;
    this.connector = connector;
    this.spool = spool;
  }

  ProxyLoop loop() {
    return loop;
  }

  /** Builds routes and opens the connections that are not to wait for a request; on the loop. */
  void start(ProxySettings settings, StatsReply stats) {
    Map<String, PoolSettings> pools = new LinkedHashMap<>();
    for (PoolSettings pool : settings.pools()) {
      pools.put(pool.name(), pool);
      routes.put(pool.name(), route(pool, settings));
    }
    for (ListenerSettings listener : settings.listeners()) {
      PoolSettings pool = pools.get(listener.pool());
      Route route = routes.get(listener.pool());
      if (pool == null || route == null) {
        throw new IllegalArgumentException("listener for unknown pool " + listener.pool());
      }
      clients.add(
          new Clients(
              loop,
              route,
              listener,
              pool,
              settings.limits(),
              settings.version(),
              exchanges,
              stats));
    }
    for (PoolSettings pool : settings.pools()) {
      Route route = routes.get(pool.name());
      if (route != null && pool.preconnect()) {
        route.connect();
      }
    }
  }

  private Route route(PoolSettings pool, ProxySettings settings) {
    return pool.mode() == Mode.SHARDED
        ? new ShardedPool(loop, pool, settings.limits(), connector, exchanges, spool)
        : new ReplicatedPool(loop, pool, settings.limits(), connector, exchanges, spool);
  }

  /** The clients of the listener with that index in the settings. */
  Clients clients(int listener) {
    return clients.get(listener);
  }

  List<ServerStatus> servers() {
    return routes.values().stream().flatMap(route -> route.servers().stream()).toList();
  }

  /** What this loop counts of each pool, up to date. */
  List<PoolStats> pools() {
    routes.values().forEach(Route::countQueues);
    return routes.values().stream().map(Route::stats).toList();
  }

  void drain() {
    clients.forEach(Clients::drain);
  }

  int clientCount() {
    return clients.stream().mapToInt(Clients::count).sum();
  }

  void close() {
    clients.forEach(Clients::close);
    routes.values().forEach(Route::close);
  }
}
