package io.fairlead.route.change;

import io.fairlead.config.route.HashStopSettings;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;
import java.time.Instant;

/** The routes that send requests on with another key or another expiry. */
public final class ChangeRoutes {
  private ChangeRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories
        .add(ModifyKeySettings.class, ChangeRoutes::modifyKey)
        .add(ModifyExpirySettings.class, ChangeRoutes::modifyExpiry)
        .add(KeySplitSettings.class, ChangeRoutes::keySplit)
        .add(ShardSplitSettings.class, ChangeRoutes::shardSplit)
        .add(HashStopSettings.class, ChangeRoutes::hashStop);
  }

  private static Route modifyKey(ModifyKeySettings settings, RouteBuilder builder) {
    return new ModifyKeyRoute(builder.context(), settings, builder.build(settings.target()));
  }

  private static Route modifyExpiry(ModifyExpirySettings settings, RouteBuilder builder) {
    return new ModifyExpiryRoute(
        builder.build(settings.target()),
        Expiries.change(settings, () -> Instant.now().getEpochSecond()));
  }

  private static Route keySplit(KeySplitSettings settings, RouteBuilder builder) {
    return new KeySplitRoute(builder.context(), settings, builder.build(settings.target()));
  }

  private static Route shardSplit(ShardSplitSettings settings, RouteBuilder builder) {
    return new ShardSplitRoute(builder.context(), settings, builder.build(settings.target()));
  }

  private static Route hashStop(HashStopSettings settings, RouteBuilder builder) {
    return new HashStopRoute(builder.context(), settings, builder.build(settings.target()));
  }
}
