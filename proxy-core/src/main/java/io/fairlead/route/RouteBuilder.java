package io.fairlead.route;

import io.fairlead.config.route.RouteSettings;
import io.fairlead.hashing.Placement;
import io.fairlead.metrics.PoolEvents;
import java.util.List;

/** Makes the nodes of a tree; a family of routes asks it for the nodes below its own. */
public interface RouteBuilder {
  RouteContext context();

  /** Makes a node; the same settings give the same node. */
  Route build(RouteSettings settings);

  /**
   * What is counted of the pool that a node leads to; where that is none, or several, of the whole
   * tree.
   */
  PoolEvents events(RouteSettings settings);

  /** The same placement, but that of a key only so much counts as the nodes above let count. */
  default Placement counting(Placement placement) {
    return placement;
  }

  /** Makes several nodes, in their order. */
  default List<Route> build(List<? extends RouteSettings> settings) {
    return settings.stream().map(this::build).toList();
  }
}
