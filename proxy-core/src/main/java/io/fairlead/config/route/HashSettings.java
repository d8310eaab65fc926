package io.fairlead.config.route;

import io.fairlead.config.PlacementSettings;
import java.util.List;

/** The key decides which child gets a request. */
public record HashSettings(PlacementSettings placement, List<RouteSettings> children)
    implements RouteSettings {
  public HashSettings {
    children = List.copyOf(children);
  }
}
