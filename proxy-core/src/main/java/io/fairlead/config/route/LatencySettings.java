package io.fairlead.config.route;

import java.util.List;

/** Requests take longer. */
public record LatencySettings(
    RouteSettings target, int beforeMillis, int afterMillis, int totalMillis)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
