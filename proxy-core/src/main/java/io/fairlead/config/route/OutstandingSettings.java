package io.fairlead.config.route;

import java.util.List;

/**
 * Requests wait while others are in flight.
 *
 * @param limit how many may be in flight
 */
public record OutstandingSettings(RouteSettings target, int limit) implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
