package io.fairlead.config.route;

import java.util.List;

/** Keys with a hash stop pass only when they begin with one of these prefixes. */
public record HashStopSettings(RouteSettings target, List<String> prefixes)
    implements RouteSettings {
  public HashStopSettings {
    prefixes = List.copyOf(prefixes);
  }

  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
