package io.fairlead.config.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of the nodes below a node. */
final class Children {
  private Children() {}

  static List<RouteSettings> of(Collection<RouteSettings> some, @Nullable RouteSettings... others) {
    List<RouteSettings> all = new ArrayList<>(some);
    for (RouteSettings other : others) {
      if (other != null && !all.contains(other)) {
        all.add(other);
      }
    }
    return List.copyOf(all);
  }
}
