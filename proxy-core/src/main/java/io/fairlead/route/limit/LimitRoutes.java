package io.fairlead.route.limit;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.BlackholeSettings;
import io.fairlead.config.route.LatencySettings;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.config.route.RateLimitSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The routes that let fewer requests pass, or pass later. */
public final class LimitRoutes {
  private static final RouteSettings NOTHING = new AnswerSettings(AnswerSettings.Kind.NULL, "");

  private LimitRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories
        .add(RateLimitSettings.class, LimitRoutes::rate)
        .add(OutstandingSettings.class, LimitRoutes::outstanding)
        .add(LatencySettings.class, LimitRoutes::latency)
        .add(BlackholeSettings.class, LimitRoutes::blackhole)
        .add(SlowWarmUpSettings.class, LimitRoutes::slowWarmUp);
  }

  private static Route rate(RateLimitSettings settings, RouteBuilder builder) {
    RouteSettings fallback = settings.fallback();
    return new RateLimitRoute(
        builder.context().loop()::now,
        settings,
        builder.build(settings.target()),
        builder.build(fallback == null ? NOTHING : fallback));
  }

  private static Route outstanding(OutstandingSettings settings, RouteBuilder builder) {
    return new OutstandingRoute(builder.context(), settings, builder.build(settings.target()));
  }

  private static Route latency(LatencySettings settings, RouteBuilder builder) {
    return new LatencyRoute(builder.context(), settings, builder.build(settings.target()));
  }

  private static Route blackhole(BlackholeSettings settings, RouteBuilder builder) {
    RouteSettings swallowed = settings.swallowed();
    RouteSettings hole =
        swallowed == null ? NOTHING : new AllSettings(AllSettings.Mode.ASYNC, List.of(swallowed));
    return new BlackholeRoute(
        builder.build(settings.target()), builder.build(hole), settings.operations());
  }

  private static Route slowWarmUp(SlowWarmUpSettings settings, RouteBuilder builder) {
    return new SlowWarmUpRoute(
        builder.context(),
        builder.build(settings.target()),
        builder.build(settings.fallback()),
        new HitRate(settings),
        () -> ThreadLocalRandom.current().nextDouble());
  }
}
