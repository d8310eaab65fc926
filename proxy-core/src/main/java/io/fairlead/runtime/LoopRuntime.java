package io.fairlead.runtime;

import io.fairlead.backend.ExchangePool;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.ClientConnection;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.Gate;
import io.fairlead.frontend.Introspection;
import io.fairlead.frontend.StatsReply;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.pool.ServerGroup;
import io.fairlead.spool.LoopSpool;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
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
  private final List<@Nullable Introspection> introspections = new ArrayList<>();

  /** Written by the loop alone; others read what is counted for it. */
  private volatile @Nullable LoopRoutes routes;

  private @Nullable ProxySettings settings;

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

  /**
   * Builds routes and opens the connections that are not to wait for a request; on the loop.
   *
   * @param introspection makes that of the listener with an index; null for none
   */
  void start(
      ProxySettings first, StatsReply stats, IntFunction<@Nullable Introspection> introspection) {
    settings = first;
    LoopRoutes built = LoopRoutes.of(first, loop, connector, exchanges, spool, null);
    routes = built;
    Gate gate = Gate.of(loop, first.limits().load());
    for (ListenerSettings listener : first.listeners()) {
      introspections.add(introspection.apply(clients.size()));
      clients.add(
          new Clients(
              loop,
              built.target(listener.target()),
              listener,
              first.limits(),
              first.version(),
              exchanges,
              stats,
              gate));
    }
    connect(built.pools());
  }

  private static void connect(List<ServerGroup> pools) {
    for (ServerGroup pool : pools) {
      if (pool.settings().preconnect()) {
        pool.connect();
      }
    }
  }

  /** Lets all clients follow other settings, whose listeners are the same; on the loop. */
  void update(ProxySettings changed) {
    LoopRoutes before = routes();
    LoopRoutes next = LoopRoutes.of(changed, loop, connector, exchanges, spool, before);
    routes = next;
    settings = changed;
    former.add(before);
    former.removeIf(each -> !each.areBusy());
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).follow(next.target(changed.listeners().get(i).target()));
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

  /** Where requests of the clients of a listener go; the loop's own thread only. */
  Outline outline(int listener, @Nullable Question question) {
    ProxySettings present = settings;
    if (present == null) {
      throw new IllegalStateException("not started");
    }
    return outline(present.listeners().get(listener).target(), question);
  }

  /** A client of the listener with that index in the settings; on the loop. */
  ClientConnection accept(int listener, @Nullable SocketAddress from) {
    Introspection introspection = introspections.get(listener);
    ProxySettings present = settings;
    boolean mayAsk = present != null && present.listeners().get(listener).introspects(from);
    return introspection != null && mayAsk
        ? clients.get(listener).accept(introspection)
        : clients.get(listener).accept();
  }

  List<ServerStatus> servers() {
    return routes().pools().stream().flatMap(pool -> pool.status().stream()).toList();
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

  void drain() {
    clients.forEach(Clients::drain);
  }

  int clientCount() {
    return clients.stream().mapToInt(Clients::count).sum();
  }

  void close() {
    clients.forEach(Clients::close);
    retiring.forEach(ServerGroup::close);
    LoopRoutes present = routes;
    if (present != null) {
      present.pools().forEach(ServerGroup::close);
    }
  }
}
