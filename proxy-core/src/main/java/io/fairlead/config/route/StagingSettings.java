package io.fairlead.config.route;

import java.util.List;

/** A cache that is being filled follows the one that answers. */
public record StagingSettings(RouteSettings warm, RouteSettings staging) implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(warm, staging);
  }
}
