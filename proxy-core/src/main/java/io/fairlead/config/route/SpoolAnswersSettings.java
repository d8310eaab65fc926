package io.fairlead.config.route;

import java.util.List;

/**
 * A delete that the spool has taken is answered with that, and the routes above ask nobody else.
 */
public record SpoolAnswersSettings(RouteSettings target) implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
