package io.fairlead.route.failover;

import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.route.Choosing;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The routes that ask one child after the other. */
public final class FailoverRoutes {
  private FailoverRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories
        .add(FailoverSettings.class, FailoverRoutes::failover)
        .add(MissFailoverSettings.class, FailoverRoutes::missFailover)
        .add(
            SpoolAnswersSettings.class,
            (settings, builder) -> new SpoolAnswersRoute(builder.build(settings.target())));
  }

  private static Route failover(FailoverSettings settings, RouteBuilder builder) {
    List<Route> children = builder.build(settings.children());
    return children.size() == 1
        ? children.get(0)
        : new FailoverRoute(
            builder.context(),
            children,
            settings.children().stream().map(builder::events).toList(),
            settings.errors(),
            order(settings.order(), children.size()),
            FailoverAccount.of(settings.limit()),
            chosen(settings.children(), builder));
  }

  /**
   * When a pool comes first and all of its servers follow, what tells which of them it stands for.
   */
  private static @Nullable Choosing chosen(List<RouteSettings> children, RouteBuilder builder) {
    RouteSettings first = children.get(0);
    while (first instanceof SpoolAnswersSettings around) {
      first = around.target();
    }
    List<RouteSettings> others =
        children.subList(1, children.size()).stream().map(FailoverRoutes::server).toList();
    return areOf(first, others) && builder.build(first) instanceof Choosing choosing
        ? choosing
        : null;
  }

  /** Whether these are the very servers that the first route chooses from. */
  private static boolean areOf(RouteSettings first, List<RouteSettings> others) {
    if (first instanceof PoolRouteSettings pool) {
      return areServers(others, pool.pool());
    }
    return first instanceof HashSettings hash
        && hash.children().stream().map(FailoverRoutes::server).toList().equals(others);
  }

  private static boolean areServers(List<RouteSettings> routes, String pool) {
    return IntStream.range(0, routes.size())
        .allMatch(i -> routes.get(i).equals(new ServerRouteSettings(pool, i)));
  }

  /** The server that a route leads to through whatever is around it. */
  private static RouteSettings server(RouteSettings route) {
    RouteSettings inner = route;
    while (!inner.children().isEmpty()) {
      inner = inner.children().get(0);
    }
    return inner;
  }

  private static ChildOrder order(FailoverOrder order, int children) {
    if (order instanceof FailoverOrder.LeastFailures least) {
      return new LeastFailuresOrder(children, least.mostTries());
    }
    if (order instanceof FailoverOrder.Deterministic deterministic) {
      return new DeterministicOrder(children, deterministic);
    }
    if (order instanceof FailoverOrder.Rendezvous rendezvous) {
      return new RendezvousOrder(children, rendezvous);
    }
    return new InOrder(children);
  }

  private static Route missFailover(MissFailoverSettings settings, RouteBuilder builder) {
    List<Route> children = builder.build(settings.children());
    return children.size() == 1
        ? children.get(0)
        : new MissFailoverRoute(builder.context(), children, settings.returnsBest());
  }
}
