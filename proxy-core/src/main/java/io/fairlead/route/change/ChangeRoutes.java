package io.fairlead.route.change;

import io.fairlead.config.route.HashStopSettings;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.protocol.Expiry;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;
import java.util.LinkedHashMap;
import java.util.Map;

/** The routes that send requests on with another key or another expiry. */
public final class ChangeRoutes {
  private ChangeRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories
        .add(ModifyKeySettings.class, ChangeRoutes::modifyKey)
        .add(ModifyExpirySettings.class, ChangeRoutes::modifyExpiry)
        .add(KeySplitSettings.class, ChangeRoutes::keySplit)
        .add(ShardSplitSettings.class, ChangeRoutes::shardSplit)
        .add(HashStopSettings.class, ChangeRoutes::hashStop)
        .add(RoutingPrefixSettings.class, ChangeRoutes::routingPrefix);
  }

  private static Route modifyKey(ModifyKeySettings settings, RouteBuilder builder) {
    return new ModifyKeyRoute(builder.context(), settings, builder.build(settings.target()));
  }

  private static Route modifyExpiry(ModifyExpirySettings settings, RouteBuilder builder) {
    return new ModifyExpiryRoute(
        builder.build(settings.target()), Expiries.change(settings, Expiry::nowSeconds));
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

  private static Route routingPrefix(RoutingPrefixSettings settings, RouteBuilder builder) {
    Map<String, Route> routes = new LinkedHashMap<>();
    settings.routes().forEach((prefix, route) -> routes.put(prefix, builder.build(route)));
    Route usual = builder.build(usual(settings));
    RouteSettings plain = settings.plain();
    return new RoutingPrefixRoute(
        builder.context(),
        new PrefixTable(routes, settings.usual()),
        plain == null ? usual : builder.build(plain),
        settings.unknownIsUsual() ? usual : null);
  }

  private static RouteSettings usual(RoutingPrefixSettings settings) {
    RouteSettings usual = settings.routes().get(settings.usual());
    if (usual == null) {
      throw new IllegalArgumentException(
          settings.usual() + ": no route (expected: the usual prefix is one of those that have)");
    }
    return usual;
  }
}
