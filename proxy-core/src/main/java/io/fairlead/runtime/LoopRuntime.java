package io.fairlead.runtime;

import io.fairlead.backend.ExchangePool;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ReplySettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.frontend.Clients;
import io.fairlead.frontend.StatsReply;
import io.fairlead.health.ServerStatus;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Entrance;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.RouteContext;
import io.fairlead.route.pool.ReplicatedPool;
import io.fairlead.route.pool.ServerGroup;
import io.fairlead.route.pool.ShardedPool;
import io.fairlead.route.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One event loop at work: its pools, the routes to them, and its clients of every listener. */
final class LoopRuntime {
  /** The part of a loop's memory that routes may keep requests and replies in. */
  private static final int ROUTES_PART = 4;

  private final ProxyLoop loop;
  private final ChannelConnector connector;
  private final ExchangePool exchanges = new ExchangePool();
  private final Map<String, ServerGroup> pools = new LinkedHashMap<>();
  private final Map<String, PoolStats> treeStats = new LinkedHashMap<>();
  private final Map<String, Entrance> entrances = new LinkedHashMap<>();
  private final List<Clients> clients = new ArrayList<>();

  LoopRuntime(ProxyLoop loop, ChannelConnector connector) {
    this.loop = loop;
    this.connector = connector;
  }

  ProxyLoop loop() {
    return loop;
  }

  /** Builds routes and opens the connections that are not to wait for a request; on the loop. */
  void start(ProxySettings settings, StatsReply stats) {
    Map<String, ReplySettings> replies = new HashMap<>();
    settings.pools().forEach(pool -> replies.put(pool.name(), buildPool(pool, settings)));
    buildTrees(settings, replies);
    for (ListenerSettings listener : settings.listeners()) {
      clients.add(clients(listener, replies, settings, stats));
    }
    if (!clients.isEmpty()) {
      connect();
    }
  }

  /** Without listeners nobody can come, so that nothing is prepared for clients. */
  private void connect() {
    for (ServerGroup pool : pools.values()) {
      if (pool.settings().preconnect()) {
        pool.connect();
      }
    }
  }

  private ReplySettings buildPool(PoolSettings pool, ProxySettings settings) {
    ServerGroup servers = new ServerGroup(loop, pool, settings.limits(), connector, exchanges);
    pools.put(pool.name(), servers);
    entrances.put(
        pool.name(),
        pool.mode() == Mode.SHARDED
            ? new ShardedPool(loop, servers, pool.placement(), exchanges)
            : new ReplicatedPool(loop, servers, exchanges));
    return new ReplySettings(pool.multigetFailure(), pool.errorText());
  }

  private void buildTrees(ProxySettings settings, Map<String, ReplySettings> replies) {
    RouteContext context =
        new RouteContext(loop, exchanges, settings.limits().loopBytes() / ROUTES_PART);
    TreeBuilder builder = new TreeBuilder(context, pools, entrances);
    for (RouteTreeSettings tree : settings.routes()) {
      entrances.put(tree.name(), builder.tree(tree));
      treeStats.put(tree.name(), new PoolStats(tree.name()));
      replies.put(tree.name(), tree.replies());
    }
  }

  private Clients clients(
      ListenerSettings listener,
      Map<String, ReplySettings> replies,
      ProxySettings settings,
      StatsReply stats) {
    Entrance entrance = entrances.get(listener.target());
    ReplySettings reply = replies.get(listener.target());
    if (entrance == null || reply == null) {
      throw new IllegalArgumentException("listener for unknown pool " + listener.target());
    }
    return new Clients(
        loop,
        entrance,
        statsOf(listener.target()),
        listener,
        reply,
        settings.limits(),
        settings.version(),
        exchanges,
        stats);
  }

  private PoolStats statsOf(String target) {
    ServerGroup pool = pools.get(target);
    PoolStats tree = treeStats.get(target);
    return pool != null ? pool.stats() : Objects.requireNonNull(tree);
  }

  /** Where requests for a pool or a tree of routes go; the loop's own thread only. */
  Outline outline(String target, @Nullable Question question) {
    Entrance entrance = entrances.get(target);
    if (entrance == null) {
      throw new IllegalArgumentException("no pool or tree of routes is called " + target);
    }
    Outline outline = new Outline(question);
    entrance.outline(outline);
    return outline;
  }

  /** The clients of the listener with that index in the settings. */
  Clients clients(int listener) {
    return clients.get(listener);
  }

  List<ServerStatus> servers() {
    return pools.values().stream().flatMap(pool -> pool.status().stream()).toList();
  }

  /** What this loop counts of each pool, up to date. */
  List<PoolStats> pools() {
    pools.values().forEach(ServerGroup::countQueues);
    return Stream.concat(
            pools.values().stream().map(ServerGroup::stats), treeStats.values().stream())
        .toList();
  }

  void drain() {
    clients.forEach(Clients::drain);
  }

  int clientCount() {
    return clients.stream().mapToInt(Clients::count).sum();
  }

  void close() {
    clients.forEach(Clients::close);
    pools.values().forEach(ServerGroup::close);
  }
}
