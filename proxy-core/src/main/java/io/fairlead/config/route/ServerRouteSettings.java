package io.fairlead.config.route;

import java.util.List;

/**
 * One server of a pool, whatever the key.
 *
 * @param server its index in the pool
 */
public record ServerRouteSettings(String pool, int server) implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of();
  }
}
