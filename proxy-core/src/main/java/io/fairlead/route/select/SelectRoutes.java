package io.fairlead.route.select;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.HashSettings;
import io.fairlead.config.route.MigrateSettings;
import io.fairlead.config.route.OperationSettings;
import io.fairlead.config.route.PrefixSettings;
import io.fairlead.config.route.RandomSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;
import io.fairlead.route.answer.ErrorRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The routes that pass each request to one of their children. */
public final class SelectRoutes {
  private SelectRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories
        .add(OperationSettings.class, SelectRoutes::byOperation)
        .add(PrefixSettings.class, SelectRoutes::byPrefix)
        .add(HashSettings.class, HashRoute::new)
        .add(RandomSettings.class, SelectRoutes::random)
        .add(MigrateSettings.class, SelectRoutes::migrate);
  }

  private static Route byOperation(OperationSettings settings, RouteBuilder builder) {
    RouteSettings otherwise = settings.otherwise();
    OperationRoute route =
        new OperationRoute(
            otherwise == null
                ? ErrorRoute.ofRefusal(
                    builder.context(), "no route for this operation: give it one, or a default")
                : builder.build(otherwise));
    if (settings.errorOfMcrouter()) {
      for (Operation operation : Operation.values()) {
        route.put(operation, unexpected(operation, builder));
      }
    }
    settings.policies().forEach((operation, child) -> route.put(operation, builder.build(child)));
    return route;
  }

  private static Route unexpected(Operation operation, RouteBuilder builder) {
    String name = operation.kind() == Operation.Kind.GET_LIKE ? "get" : operation.configName();
    return ErrorRoute.ofRefusal(
        builder.context(), "unexpected result mc_res_unknown (0) for " + name);
  }

  private static Route byPrefix(PrefixSettings settings, RouteBuilder builder) {
    Route otherwise =
        otherwise(
            settings.otherwise(),
            "no route for this key: give its prefix one, or all others",
            builder);
    Map<String, Route> children = new LinkedHashMap<>();
    settings.policies().forEach((prefix, child) -> children.put(prefix, builder.build(child)));
    return new PrefixRoute(children, otherwise);
  }

  private static Route otherwise(
      @Nullable RouteSettings settings, String error, RouteBuilder builder) {
    return settings == null ? new ErrorRoute(builder.context(), error) : builder.build(settings);
  }

  private static Route random(RandomSettings settings, RouteBuilder builder) {
    return new RandomRoute(builder.build(settings.children()));
  }

  private static Route migrate(MigrateSettings settings, RouteBuilder builder) {
    List<RouteSettings> both = List.of(settings.from(), settings.to());
    return new MigrateRoute(
        builder.build(settings.from()),
        builder.build(settings.to()),
        builder.build(new AllSettings(AllSettings.Mode.SYNC, both)),
        new MovingKeys(settings.startSeconds(), settings.intervalSeconds()),
        () -> TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
  }
}
