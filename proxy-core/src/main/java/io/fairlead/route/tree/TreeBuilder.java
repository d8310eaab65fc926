package io.fairlead.route.tree;

import io.fairlead.config.PlacementSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.route.KeyPartsSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.hashing.LeadingParts;
import io.fairlead.hashing.Placement;
import io.fairlead.metrics.PoolEvents;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Entrance;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteContext;
import io.fairlead.route.RouteFactories;
import io.fairlead.route.answer.AnswerRoutes;
import io.fairlead.route.change.ChangeRoutes;
import io.fairlead.route.copy.CopyRoutes;
import io.fairlead.route.failover.FailoverRoutes;
import io.fairlead.route.fan.FanRoutes;
import io.fairlead.route.limit.LimitRoutes;
import io.fairlead.route.pool.ServerGroup;
import io.fairlead.route.pool.ShardedPool;
import io.fairlead.route.select.SelectRoutes;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the routes of an event loop from settings: pools first, then the trees above them. */
public final class TreeBuilder implements RouteBuilder {
  private final RouteFactories factories = new RouteFactories();
  private final RouteContext context;
  private final Map<String, Entrance> pools;
  private final Map<String, ServerGroup> groups;
  private IdentityHashMap<RouteSettings, Route> built = new IdentityHashMap<>();
  private final Set<ServerGroup> used = new LinkedHashSet<>();

  /** What is counted of the tree that is made now. */
  private @Nullable PoolEvents ofTree;

  /** What lets less of a key count for the nodes that are made now; null for nothing. */
  private @Nullable UnaryOperator<Placement> counting;

  /**
   * @param groups the servers of each pool
   * @param pools each pool as a whole, under the same names
   */
  public TreeBuilder(
      RouteContext context, Map<String, ServerGroup> groups, Map<String, Entrance> pools) {
    this.context = context;
    this.groups = Map.copyOf(groups);
    this.pools = Map.copyOf(pools);
    factories.add(PoolRouteSettings.class, (settings, builder) -> pool(settings));
    factories.add(KeyPartsSettings.class, (settings, builder) -> keyParts(settings));
    factories.add(ServerRouteSettings.class, (settings, builder) -> server(settings));
    families(factories);
  }

  /** Adds all families of routes that are no leaves. */
  static RouteFactories families(RouteFactories factories) {
    AnswerRoutes.addTo(factories);
    ChangeRoutes.addTo(factories);
    CopyRoutes.addTo(factories);
    FailoverRoutes.addTo(factories);
    FanRoutes.addTo(factories);
    LimitRoutes.addTo(factories);
    SelectRoutes.addTo(factories);
    return factories;
  }

  /**
   * Makes a tree that clients can be connected to.
   *
   * @param stats what is counted of it
   */
  public Entrance tree(RouteTreeSettings settings, PoolStats stats) {
    used.clear();
    built.clear();
    ofTree = stats.events();
    Route root = build(settings.root());
    return new RouteTree(context, root, List.copyOf(used));
  }

  @Override
  public RouteContext context() {
    return context;
  }

  @Override
  public Route build(RouteSettings settings) {
    Route present = built.get(settings);
    if (present == null) {
      present = factories.build(settings, this);
      built.put(settings, present);
    }
    return present;
  }

  @Override
  public PoolEvents events(RouteSettings settings) {
    String pool = OnlyPool.below(settings);
    PoolEvents events = pool == null ? ofTree : group(pool).stats().events();
    return Objects.requireNonNull(events, "no tree is being made");
  }

  private Route pool(PoolRouteSettings settings) {
    ServerGroup group = group(settings.pool());
    PlacementSettings placement = settings.placement();
    boolean wholeKey = counting == null || group.settings().mode() != Mode.SHARDED;
    if (placement == null && wholeKey) {
      return whole(settings.pool());
    }
    PlacementSettings rule = placement == null ? group.settings().placement() : placement;
    UnaryOperator<Placement> less = counting == null ? UnaryOperator.identity() : counting;
    return new ShardedPool(context.loop(), group, rule, context.exchanges(), less);
  }

  /**
   * Makes the node below, for which only parts of a key count. It and all nodes below it are others
   * than those that the same settings give elsewhere.
   */
  private Route keyParts(KeyPartsSettings settings) {
    IdentityHashMap<RouteSettings, Route> builtAbove = built;
    UnaryOperator<Placement> above = counting;
    int parts = settings.parts();
    char delimiter = settings.delimiter();
    built = new IdentityHashMap<>();
    counting =
        placement -> {
          Placement less = new LeadingParts(placement, parts, delimiter);
          return above == null ? less : above.apply(less);
        };
    Route target = build(settings.target());
    counting = above;
    built = builtAbove;
    return target;
  }

  @Override
  public Placement counting(Placement placement) {
    UnaryOperator<Placement> less = counting;
    return less == null ? placement : less.apply(placement);
  }

  private Route whole(String pool) {
    Entrance route = pools.get(pool);
    if (route == null) {
      throw new IllegalArgumentException("no route to the pool " + pool);
    }
    return route;
  }

  private Route server(ServerRouteSettings settings) {
    return group(settings.pool()).routes().get(settings.server());
  }

  private ServerGroup group(String pool) {
    ServerGroup group = groups.get(pool);
    if (group == null) {
      throw new IllegalArgumentException("a route to the unknown pool " + pool);
    }
    used.add(group);
    return group;
  }
}
