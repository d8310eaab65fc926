package io.fairlead.config.route;

import java.util.List;

/**
 * One node of a tree of routes, as it was configured. The same object in two places is one node.
 */
public interface RouteSettings {
  /** The nodes below, each once, in their order. */
  List<RouteSettings> children();
}
