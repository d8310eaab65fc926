package io.fairlead.route.failover;

import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;
import java.util.List;

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
            settings.errors(),
            order(settings.order(), children.size()),
            FailoverAccount.of(settings.limit()));
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
