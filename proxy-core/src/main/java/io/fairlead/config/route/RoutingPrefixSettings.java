package io.fairlead.config.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys begin with {@code /region/cluster/} or have no such prefix, and it decides which child gets
 * a request; it is taken off.
 *
 * @param usual the prefix of keys that have none, which is one of {@code routes}
 * @param unknownIsUsual whether a prefix that there is no route for means the usual one
 */
public record RoutingPrefixSettings(
    Map<String, RouteSettings> routes, String usual, boolean unknownIsUsual)
    implements RouteSettings {
  public RoutingPrefixSettings {
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(routes.values());
  }
}
