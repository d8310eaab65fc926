package io.fairlead.config.route;

import io.fairlead.config.PlacementSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool: the key decides which of its servers gets a request.
 *
 * @param placement how, when it is not the pool's own way; null for that
 */
public record PoolRouteSettings(String pool, @Nullable PlacementSettings placement)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public PoolRouteSettings(String pool, @Nullable PlacementSettings placement) {
    this.pool = pool;
    this.placement = placement;
  }

  @Override
  public List<RouteSettings> children() {
    return List.of();
  }
}
