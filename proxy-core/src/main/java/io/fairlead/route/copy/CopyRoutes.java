package io.fairlead.route.copy;

import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;

/** The routes that copy values or requests from one place to another. */
public final class CopyRoutes {
  private CopyRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories
        .add(WarmUpSettings.class, CopyRoutes::warmUp)
        .add(TwoLevelSettings.class, CopyRoutes::twoLevel);
  }

  private static Route warmUp(WarmUpSettings settings, RouteBuilder builder) {
    return new WarmUpRoute(
        builder.context(),
        settings,
        builder.build(settings.cold()),
        builder.build(settings.warm()));
  }

  private static Route twoLevel(TwoLevelSettings settings, RouteBuilder builder) {
    return new TwoLevelRoute(
        builder.context(), settings, builder.build(settings.near()), builder.build(settings.far()));
  }
}
