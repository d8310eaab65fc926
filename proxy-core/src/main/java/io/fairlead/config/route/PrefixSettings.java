package io.fairlead.config.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The longest prefix that a key begins with decides which child gets a request.
 *
 * @param otherwise for a key without any; null for an error
 */
public record PrefixSettings(Map<String, RouteSettings> policies, @Nullable RouteSettings otherwise)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public PrefixSettings(Map<String, RouteSettings> policies, @Nullable RouteSettings otherwise) {
    this.policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
    this.otherwise = otherwise;
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(policies.values(), otherwise);
  }
}
