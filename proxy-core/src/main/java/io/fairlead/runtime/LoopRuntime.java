package io.fairlead.runtime;

import io.fairlead.backend.ExchangePool;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.StatsReply;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.pool.ServerGroup;
import io.fairlead.spool.LoopSpool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One event loop at work: its pools, the routes to them, and its clients of every listener. */
final class LoopRuntime {
  /** How long a pool that is not configured any more may take to answer what it was asked. */
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(30);

  private static final Duration FAREWELL_CHECK = Duration.ofMillis(50);

  private final ProxyLoop loop;
  private final ChannelConnector connector;
  private final @Nullable LoopSpool spool;
  private final ExchangePool exchanges = new ExchangePool();
  private final Set<ServerGroup> retiring = new LinkedHashSet<>();

  /** Those before the present ones whose requests are not over. */
  private final List<LoopRoutes> former = new ArrayList<>();

  private final List<Clients> clients = new ArrayList<>();
  private @Nullable LoopRoutes routes;

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
    routes = LoopRoutes.of(settings, loop, connector, exchanges, spool, null);
    for (ListenerSettings listener : settings.listeners()) {
      clients.add(
          new Clients(
              loop,
              routes.target(listener.target()),
              listener,
              settings.limits(),
              settings.version(),
              exchanges,
              stats));
    }
    connect(routes.pools());
  }

  private static void connect(List<ServerGroup> pools) {
    for (ServerGroup pool : pools) {
      if (pool.settings().preconnect()) {
        pool.connect();
      }
    }
  }

  /** Lets all clients follow other settings, whose listeners are the same; on the loop. */
  void update(ProxySettings settings) {
    LoopRoutes before = routes();
    LoopRoutes next = LoopRoutes.of(settings, loop, connector, exchanges, spool, before);
    for (int i = 0; i < clients.size(); i++) {
      next.target(
          settings.listeners().get(i).target()); // that there is one, before anything changes
    }
    routes = next;
    former.add(before);
    former.removeIf(each -> !each.areBusy());
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).follow(next.target(settings.listeners().get(i).target()));
    }
    List<ServerGroup> added = new ArrayList<>(next.pools());
    added.removeAll(before.pools());
    connect(added);
    List<ServerGroup> removed = new ArrayList<>(before.pools());
    removed.removeAll(next.pools());
    removed.forEach(pool -> retire(pool, loop.now() + LONGEST_FAREWELL.toNanos()));
  }

  /**
   * Closes a pool that is not configured any more when the requests in flight are over, also those
   * that a route may yet send to it because another pool fails.
   */
  private void retire(ServerGroup pool, long deadline) {
    retiring.add(pool);
    former.removeIf(each -> !each.areBusy());
    boolean isBusy = pool.isBusy() || !former.isEmpty();
    if (isBusy && loop.now() - deadline < 0) {
      loop.later(() -> retire(pool, deadline), FAREWELL_CHECK.toNanos());
      return;
    }
    retiring.remove(pool);
    pool.close();
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

  /** The clients of the listener with that index in the settings. */
  Clients clients(int listener) {
    return clients.get(listener);
  }

  List<ServerStatus> servers() {
    return routes().pools().stream().flatMap(pool -> pool.status().stream()).toList();
  }

  /** What this loop counts of each pool, up to date. */
  List<PoolStats> pools() {
    routes().pools().forEach(ServerGroup::countQueues);
    return routes().stats();
  }

  void drain() {
    clients.forEach(Clients::drain);
  }

  int clientCount() {
    return clients.stream().mapToInt(Clients::count).sum();
  }

  void close() {
    clients.forEach(Clients::close);
    retiring.forEach(ServerGroup::close);
    if (routes != null) {
      routes.pools().forEach(ServerGroup::close);
    }
  }
}
