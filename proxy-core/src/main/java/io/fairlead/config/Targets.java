package io.fairlead.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pools and routes that a listener can lead to. */
final class Targets {
  private final List<String> pools;
  private final Collection<String> routes;

  /** Those of which one is served when a listener names none. */
  private final List<String> sensible;

  /**
   * @param roots the routes to which no other leads; when there are routes, pools are usually there
   *     for them
   */
  Targets(List<String> pools, Collection<String> routes, List<String> roots) {
    this.pools = pools;
    this.routes = routes;
    this.sensible = routes.isEmpty() ? pools : roots;
  }

  /** Those of which one is served when there is no listener. */
  List<String> sensible() {
    return sensible;
  }

  /** What they are: pools, or routes. */
  String kind() {
    return routes.isEmpty() ? "pool" : "route";
  }

  /** The target that a listener names, or the only sensible one. */
  String read(ConfigValue listener, @Nullable ConfigValue pool, @Nullable ConfigValue route) {
    if (pool != null && route != null) {
      route.refuse("nothing, as there is pool, and only one of both may be given");
    }
    if (pool != null) {
      return named(pool, pools, routes, "route");
    }
    return route == null ? onlyFor(listener) : named(route, routes, pools, "pool");
  }

  /** Without names there is nothing to check against; that has been reported by then. */
  private String named(
      ConfigValue value, Collection<String> names, Collection<String> others, String otherKey) {
    String name = value.text();
    boolean isKnown = name != null && names.contains(name);
    if (!isKnown && !(pools.isEmpty() && routes.isEmpty())) {
      boolean isOther = name != null && others.contains(name);
      String hint = name == null ? null : NearestKey.hint(name, names);
      value.refuse(
          names.isEmpty()
              ? otherKey + ", as there are no routes"
              : ValueKind.anyOf(new ArrayList<>(names)),
          isOther ? "did you mean " + otherKey + ": " + name + "?" : hint);
    }
    return name == null ? "" : name;
  }

  /** The only sensible target, for a listener that names none. */
  String onlyFor(ConfigValue listener) {
    if (sensible.size() > 1) {
      listener.refuseMissing(kind(), ValueKind.anyOf(sensible));
    }
    return sensible.isEmpty() ? "" : sensible.get(0);
  }
}
