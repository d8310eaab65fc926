package io.fairlead.config.route;

import java.util.List;

/**
 * Deletes that cannot be delivered are kept for their server.
 *
 * @param name under which they are kept
 */
public record SpoolSettings(RouteSettings target, String name) implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
