package io.fairlead.route.copy;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.ShadowSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes that copy values or requests from one place to another. */
public final class CopyRoutes {
  /** Made with the first shadow of the event loop. */
  private @Nullable ShadowCount allShadows;

  private CopyRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories
        .add(WarmUpSettings.class, CopyRoutes::warmUp)
        .add(TwoLevelSettings.class, CopyRoutes::twoLevel)
        .add(StagingSettings.class, CopyRoutes::staging)
        .add(SizeSplitSettings.class, CopyRoutes::sizeSplit)
        .add(BigValueSettings.class, CopyRoutes::bigValue)
        .add(ShadowSettings.class, new CopyRoutes()::shadow);
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

  private Route shadow(ShadowSettings settings, RouteBuilder builder) {
    ShadowCount all = allShadows;
    if (all == null) {
      all = new ShadowCount(builder.context().mostShadows());
      allShadows = all;
    }
    Route target = builder.build(settings.target());
    List<Route> shadows = new ArrayList<>();
    List<ShadowReplies> replies = new ArrayList<>();
    for (Shadow shadow : settings.shadows()) {
      shadows.add(builder.build(shadow.target()));
      replies.add(
          new ShadowReplies(builder.context(), shadow, builder.events(shadow.target()), all));
    }
    return new ShadowRoute(builder.context(), target, settings.shadows(), shadows, replies);
  }

  private static Route staging(StagingSettings settings, RouteBuilder builder) {
    Route both =
        builder.build(
            new AllSettings(AllSettings.Mode.SYNC, List.of(settings.warm(), settings.staging())));
    return new StagingRoute(
        builder.context(), builder.build(settings.warm()), builder.build(settings.staging()), both);
  }

  private static Route sizeSplit(SizeSplitSettings settings, RouteBuilder builder) {
    return new SizeSplitRoute(
        builder.context(),
        settings,
        builder.build(settings.small()),
        builder.build(settings.large()));
  }

  private static Route bigValue(BigValueSettings settings, RouteBuilder builder) {
    return new BigValueRoute(builder.context(), settings, builder.build(settings.target()));
  }
}
