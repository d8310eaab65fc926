package io.fairlead.route.answer;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteFactories;

/** The routes that answer by themselves. */
public final class AnswerRoutes {
  private AnswerRoutes() {}

  public static void addTo(RouteFactories factories) {
    factories.add(AnswerSettings.class, AnswerRoutes::answer);
  }

  private static Route answer(AnswerSettings settings, RouteBuilder builder) {
    return switch (settings.kind()) {
      case NULL -> new NullRoute(builder.context(), false);
      case DEV_NULL -> new NullRoute(builder.context(), true);
      case ERROR -> new ErrorRoute(builder.context(), settings.text());
    };
  }
}
