package io.fairlead.config.route;

import java.util.List;

/** Only the first parts of a key decide where it goes below. */
public record KeyPartsSettings(RouteSettings target, int parts, char delimiter)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
