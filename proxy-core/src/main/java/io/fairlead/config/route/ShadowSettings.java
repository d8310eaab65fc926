package io.fairlead.config.route;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies of requests go elsewhere, and their replies nowhere. */
public record ShadowSettings(RouteSettings target, List<Shadow> shadows) implements RouteSettings {
  public ShadowSettings {
    shadows = List.copyOf(shadows);
  }

  @Override
  public List<RouteSettings> children() {
    return Children.of(
        List.of(target), shadows.stream().map(Shadow::target).toArray(RouteSettings[]::new));
  }

  /**
   * Where copies go, and of what.
   *
   * @param keysFrom the part of all keys, by their hash, from here
   * @param keysTo to here; both from 0 to 1
   * @param keys only these keys; null for all
   * @param requests the part of the requests, by chance
   */
  public record Shadow(
      RouteSettings target,
      double keysFrom,
      double keysTo,
      @Nullable Set<String> keys,
      double requests) {}
}
