package io.fairlead.config.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys begin with {@code /region/cluster/} or have no such prefix, and it decides which child gets
 * a request; it is taken off.
 *
 * @param plain what gets keys that have none; null for the same as those with the usual prefix
 * @param usual the prefix of keys that have none, which is one of {@code routes}
 * @param unknownIsUsual whether a prefix that there is no route for means the usual one
 */
public record RoutingPrefixSettings(
    Map<String, RouteSettings> routes,
    @Nullable RouteSettings plain,
    String usual,
    boolean unknownIsUsual)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public RoutingPrefixSettings(
      Map<String, RouteSettings> routes,
      @Nullable RouteSettings plain,
      String usual,
      boolean unknownIsUsual) {
    this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    this.plain = plain;
    this.usual = usual;
    this.unknownIsUsual = unknownIsUsual;
  }

  /** One where keys without a prefix are like those with the usual one. */
  public RoutingPrefixSettings(
      Map<String, RouteSettings> routes, String usual, boolean unknownIsUsual) {
    this(routes, null, usual, unknownIsUsual);
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(routes.values(), plain);
  }
}
