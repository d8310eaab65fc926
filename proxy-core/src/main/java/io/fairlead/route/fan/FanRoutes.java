package io.fairlead.route.fan;

import io.fairlead.config.route.AllSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteContext;
import io.fairlead.route.RouteFactories;
import java.util.List;

/** The routes that send every request to all of their children. */
public final class FanRoutes {
  private FanRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories.add(AllSettings.class, FanRoutes::all);
  }

  private static Route all(AllSettings settings, RouteBuilder builder) {
    RouteContext context = builder.context();
    List<Route> children = builder.build(settings.children());
    Severities severities =
        settings.touchedHidesErrors() ? Severities.OF_MCROUTER : Severities.USUAL;
    return switch (settings.mode()) {
      case SYNC -> new AllSyncRoute(context, children, severities);
      case FASTEST -> new AllFastestRoute(context, children);
      case INITIAL -> new AllInitialRoute(context, children);
      case MAJORITY -> new AllMajorityRoute(context, children, severities);
      case ASYNC -> new AllAsyncRoute(context, children);
    };
  }
}
