package io.fairlead.config.route;

import java.util.List;

/** Any child, each as likely as the others. */
public record RandomSettings(List<RouteSettings> children) implements RouteSettings {
  public RandomSettings {
    children = List.copyOf(children);
  }
}
