package io.fairlead.route.tree;

import io.fairlead.config.route.PoolRouteSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.config.route.ShadowSettings;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one pool to which a route leads, through whatever is around it. */
final class OnlyPool {
  private OnlyPool() {}

  /** Its name; null when the route leads to several pools, or to none. */
  static @Nullable String below(RouteSettings route) {
    Set<RouteSettings> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<RouteSettings> left = new ArrayDeque<>(List.of(route));
    String only = null;
    while (!left.isEmpty()) {
      RouteSettings next = left.pop();
      if (!seen.add(next)) {
        continue; // a node may be below several others
      }
      String pool = pool(next);
      if (pool == null) {
        answering(next).forEach(left::push);
      } else if (only == null) {
        only = pool;
      } else if (!only.equals(pool)) {
        return null;
      }
    }
    return only;
  }

  private static @Nullable String pool(RouteSettings route) {
    if (route instanceof PoolRouteSettings pool) {
      return pool.pool();
    }
    return route instanceof ServerRouteSettings server ? server.pool() : null;
  }

  /** The nodes below that may give the answer: shadows never do. */
  private static List<RouteSettings> answering(RouteSettings route) {
    return route instanceof ShadowSettings shadow ? List.of(shadow.target()) : route.children();
  }
}
