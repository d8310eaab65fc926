package io.fairlead.runtime;

import io.fairlead.access.Credentials;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Server;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.Introspection;
import io.fairlead.frontend.stats.StatsReply;
import io.fairlead.health.HealthRegistry;
import io.fairlead.health.ServerStatus;
import io.fairlead.hotkey.KeySnapshot;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.pool.ServerGroup;
import io.fairlead.spool.LoopSpool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One event loop at work: its pools, the routes to them, and its clients. */
final class LoopRuntime {
  private final ProxyLoop loop;
  private final ChannelConnector connector;
  private final HealthRegistry health;
  private final @Nullable LoopSpool spool;
  private final ExchangePool exchanges = new ExchangePool();
  private final LoopClients clients;
  private final RetiringServers retiring;

  /** Null on all loops but one. */
  private final @Nullable StatsRounds rounds;

  /** Whether it is among the loops that take clients. */
  private boolean takesClients = true;

  /** Written by the loop alone; others read what is counted for it, and prepare the next ones. */
  private volatile @Nullable LoopRoutes routes;

  /**
   * @param health of all servers, which the loops share
   * @param spool where failed deletes are kept; null for nowhere
   * @param credentials who clients may be, and what the proxy is to servers
   * @param introspections makes what answers questions of a listener's clients; null for nothing
   * @param asksServers whether it is this one that asks servers for statistics, where that is
   *     wanted
   */
  LoopRuntime(
      ProxyLoop loop,
      ChannelConnector connector,
      HealthRegistry health,
      @Nullable LoopSpool spool,
      StatsReply stats,
      Credentials credentials,
      Function<Listener, @Nullable Introspection> introspections,
      boolean asksServers) {
    this.loop = loop;
    this.rounds = asksServers ? new StatsRounds(loop) : null;
    this.connector = connector;
    this.health = health;
    this.spool = spool;
    this.clients = new LoopClients(loop, exchanges, stats, credentials, introspections);
    this.retiring = new RetiringServers(loop);
  }

  ProxyLoop loop() {
    return loop;
  }

  /** Its clients; on the loop, but for what is counted of them. */
  LoopClients clients() {
    return clients;
  }

  /**
   * Makes routes for other settings, which change nothing before they are followed, and are simply
   * dropped when they are not. Not on the loop, which has better things to do.
   */
  LoopRoutes prepare(ProxySettings next) {
    return LoopRoutes.of(next, loop, connector, exchanges, health, spool, routes);
  }

  /**
   * Lets all clients follow other settings; on the loop.
   *
   * @param open the listeners of the settings, in their order
   */
  void follow(ProxySettings settings, List<Listener> open, LoopRoutes prepared) {
    LoopRoutes before = routes;
    if (before == null) {
      clients.begin(settings);
      loop.stats().set(Counter.EVENT_LOOPS, takesClients ? 1 : 0);
    }
    routes = prepared;
    prepared.takeOver();
    clients.follow(settings, open, prepared);
    connect(prepared.pools());
    if (rounds != null) {
      rounds.follow(prepared.pools());
    }
    if (before != null) {
      retiring.add(before, prepared);
    }
  }

  private void connect(List<ServerGroup> pools) {
    for (ServerGroup pool : pools) {
      if (takesClients && pool.settings().preconnect()) {
        pool.connect();
      }
    }
  }

  private LoopRoutes routes() {
    LoopRoutes present = routes;
    if (present == null) {
      throw new IllegalStateException("not started");
    }
    return present;
  }

  /** Where requests for a pool or a tree of routes go; the loop's own thread only. */
  Outline outline(String target, @Nullable Question question) {
    Outline outline = new Outline(question);
    routes().target(target).entrance().outline(outline);
    return outline;
  }

  /** Where requests of the clients of a listener go; the loop's own thread only. */
  Outline outline(Listener listener, @Nullable Question question) {
    return outline(clients.settings(listener).target(), question);
  }

  /**
   * So many loops take clients from now on, each of which may keep so much; on the loop.
   *
   * @param takes whether this one does
   */
  void spread(boolean takes, int loops, long memory) {
    boolean begins = takes && !takesClients;
    takesClients = takes;
    loop.stats().set(Counter.EVENT_LOOPS, takes ? 1 : 0);
    loop.limitMemory(memory);
    clients.spreadAmong(loops);
    if (begins) {
      connect(routes().pools());
    }
  }

  /** Without clients, it needs no servers: closes the connections to them; on the loop. */
  void leaveServers() {
    if (clients.count() == 0) {
      routes().pools().forEach(pool -> pool.servers().forEach(Server::leaveConnections));
    }
  }

  /** Replaces the connections to a server of a pool; on the loop. */
  int reconnect(String pool, String server) {
    return routes().pools().stream()
        .filter(group -> group.settings().name().equals(pool))
        .mapToInt(group -> group.reconnect(server))
        .sum();
  }

  List<ServerStatus> servers() {
    return routes().pools().stream().flatMap(pool -> pool.status().stream()).toList();
  }

  /** What this loop knows of the hot keys of each pool that is asked to know them. */
  Map<PoolSettings, KeySnapshot> hotKeys() {
    Map<PoolSettings, KeySnapshot> snapshots = new LinkedHashMap<>();
    for (ServerGroup pool : routes().pools()) {
      KeySnapshot snapshot = pool.hotKeys();
      if (snapshot != null) {
        snapshots.put(pool.settings(), snapshot);
      }
    }
    return snapshots;
  }

  /** What this loop counts of each pool, up to date. */
  List<PoolStats> pools() {
    routes().pools().forEach(ServerGroup::countQueues);
    return routes().stats();
  }

  /** The same as it is, from any thread. */
  List<PoolStats> poolCounters() {
    return routes().stats();
  }

  void close() {
    if (rounds != null) {
      rounds.stop();
    }
    clients.close();
    retiring.close();
    LoopRoutes present = routes;
    if (present != null) {
      present.serversWithout(null).forEach(Server::close);
    }
  }
}
