package io.fairlead.mcrouter;

import io.fairlead.config.route.RouteSettings;
import java.util.List;

/** One type of route handle: what its parameters mean. */
@FunctionalInterface
interface HandleKind {
  /** The routes, of which there may be several only where a list is wanted. */
  List<RouteSettings> read(Params params, Handles handles);

  /** A type of which each is one route. */
  static HandleKind of(Single kind) {
    return (params, handles) -> List.of(kind.read(params, handles));
  }

  /** What makes one route. */
  @FunctionalInterface
  interface Single {
    RouteSettings read(Params params, Handles handles);
  }
}
