package io.fairlead.config.route;

import java.util.List;

/**
 * Each key lives under several names.
 *
 * @param allSync whether a write goes to all of them
 * @param firstHit whether a read asks another one after a miss
 */
public record KeySplitSettings(
    RouteSettings target, int replicas, boolean allSync, boolean firstHit)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
