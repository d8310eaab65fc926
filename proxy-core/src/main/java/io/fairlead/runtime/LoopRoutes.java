package io.fairlead.runtime;

import io.fairlead.backend.Connector;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Server;
import io.fairlead.config.HostId;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ReplySettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.frontend.Target;
import io.fairlead.health.HealthRegistry;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Entrance;
import io.fairlead.route.RouteContext;
import io.fairlead.route.pool.ReplicatedPool;
import io.fairlead.route.pool.ServerGroup;
import io.fairlead.route.pool.ShardedPool;
import io.fairlead.route.tree.TreeBuilder;
import io.fairlead.spool.LoopSpool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pools of an event loop and the routes above them, as one configuration has them.
 *
 * <p>Those for the next configuration keep every server for which nothing has changed, with its
 * connections, health and counters, whatever else became of its pool.
 */
final class LoopRoutes {
  /** The part of a loop's memory that routes may keep requests and replies in. */
  private static final int ROUTES_PART = 4;

  private final Map<String, ServerGroup> pools = new LinkedHashMap<>();
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final List<PoolStats> treeStats = new ArrayList<>();

  /** What the trees share; null without any. */
  private @Nullable RouteContext context;

  private LoopRoutes() {}

  /**
   * Makes the routes, on any thread; opens no connections, and leaves those before as they are.
   *
   * @param before the routes of the configuration before, whose servers stay where they can
   */
  static LoopRoutes of(
      ProxySettings settings,
      ProxyLoop loop,
      Connector connector,
      ExchangePool exchanges,
      HealthRegistry health,
      @Nullable LoopSpool spool,
      @Nullable LoopRoutes before) {
    LoopRoutes routes = new LoopRoutes();
    for (PoolSettings pool : settings.pools()) {
      ServerGroup former = before == null ? null : before.pools.get(pool.name());
      ServerGroup servers =
          new ServerGroup(
              loop, pool, settings.limits(), connector, exchanges, health.of(pool), spool, former);
      routes.addPool(pool, servers, loop, exchanges);
    }
    routes.addTrees(settings, loop, exchanges, before);
    return routes;
  }

  /**
   * From now on these routes, and not those before, hear of the health of the servers; on the loop.
   */
  void takeOver() {
    pools.values().forEach(ServerGroup::takeOver);
  }

  private void addPool(
      PoolSettings pool, ServerGroup servers, ProxyLoop loop, ExchangePool exchanges) {
    pools.put(pool.name(), servers);
    Entrance entrance =
        pool.mode() == Mode.SHARDED
            ? new ShardedPool(loop, servers, pool.placement(), exchanges)
            : new ReplicatedPool(loop, servers, exchanges);
    ReplySettings replies =
        new ReplySettings(pool.multigetFailure(), pool.arithmeticFailure(), pool.errorText());
    targets.put(pool.name(), new Target(entrance, servers.stats(), replies));
  }

  private void addTrees(
      ProxySettings settings, ProxyLoop loop, ExchangePool exchanges, @Nullable LoopRoutes before) {
    if (settings.routes().isEmpty()) {
      return;
    }
    Map<String, Entrance> whole = new HashMap<>();
    targets.forEach((name, target) -> whole.put(name, target.entrance()));
    RouteContext shared =
        new RouteContext(
            loop,
            exchanges,
            settings.limits().loopBytes() / ROUTES_PART,
            (int) HostId.ofThisHost(),
            settings.limits().load().shadows());
    context = shared;
    TreeBuilder builder = new TreeBuilder(shared, pools, whole);
    for (RouteTreeSettings tree : settings.routes()) {
      Target former = before == null ? null : before.targets.get(tree.name());
      PoolStats stats = former == null ? new PoolStats(tree.name()) : former.stats();
      treeStats.add(stats);
      targets.put(tree.name(), new Target(builder.tree(tree, stats), stats, tree.replies()));
    }
  }

  /** What clients of a listener are connected to. */
  Target target(String name) {
    Target target = targets.get(name);
    if (target == null) {
      throw new IllegalArgumentException("no pool or tree of routes is called " + name);
    }
    return target;
  }

  /** Whether there are requests that a route may still send to a pool. */
  boolean areBusy() {
    RouteContext shared = context;
    return shared != null && shared.isBusy();
  }

  /** The servers that others do not have. */
  Set<Server> serversWithout(@Nullable LoopRoutes others) {
    Set<Server> servers = servers();
    if (others != null) {
      servers.removeAll(others.servers());
    }
    return servers;
  }

  private Set<Server> servers() {
    Set<Server> servers = new LinkedHashSet<>();
    pools.values().forEach(pool -> servers.addAll(pool.servers()));
    return servers;
  }

  /** The servers of each pool. */
  List<ServerGroup> pools() {
    return List.copyOf(pools.values());
  }

  /** What is counted for each pool and each tree. */
  List<PoolStats> stats() {
    List<PoolStats> all = new ArrayList<>();
    pools.values().forEach(pool -> all.add(pool.stats()));
    all.addAll(treeStats);
    return all;
  }
}
