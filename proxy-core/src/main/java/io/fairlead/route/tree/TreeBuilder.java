package io.fairlead.route.tree;

import io.fairlead.config.PlacementSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.config.route.ServerRouteSettings;
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
import java.util.Set;

/** Makes the routes of an event loop from settings: pools first, then the trees above them. */
public final class TreeBuilder implements RouteBuilder {
  private final RouteFactories factories = new RouteFactories();
  private final RouteContext context;
  private final Map<String, Entrance> pools;
  private final Map<String, ServerGroup> groups;
  private final IdentityHashMap<RouteSettings, Route> built = new IdentityHashMap<>();
  private final Set<ServerGroup> used = new LinkedHashSet<>();

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
    factories.add(ServerRouteSettings.class, (settings, builder) -> server(settings));
    AnswerRoutes.addTo(factories);
    ChangeRoutes.addTo(factories);
    CopyRoutes.addTo(factories);
    FailoverRoutes.addTo(factories);
    FanRoutes.addTo(factories);
    LimitRoutes.addTo(factories);
    SelectRoutes.addTo(factories);
  }

  /** Makes a tree that clients can be connected to. */
  public Entrance tree(RouteTreeSettings settings) {
    used.clear();
    built.clear();
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

  private Route pool(PoolRouteSettings settings) {
    ServerGroup group = group(settings.pool());
    PlacementSettings placement = settings.placement();
    return placement == null
        ? whole(settings.pool())
        : new ShardedPool(context.loop(), group, placement, context.exchanges());
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
