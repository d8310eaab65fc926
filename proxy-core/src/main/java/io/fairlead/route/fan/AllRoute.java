package io.fairlead.route.fan;

import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/** A route that sends every request to all of its children at once. */
abstract class AllRoute extends DispatchingRoute {
  private final String label;
  private final Route[] children;

  AllRoute(RouteContext context, String label, List<Route> children) {
    super(context);
    this.label = label;
    this.children = children.toArray(Route[]::new);
  }

  final int size() {
    return children.length;
  }

  @Override
  public void outline(Outline outline) {
    outline.node(label, List.of(children));
  }

  /** One request that goes to all children; a slot is the index of a child. */
  abstract class ToAll extends Dispatch {
    ToAll() {
      super(AllRoute.this.context);
    }

    @Override
    protected void start() {
      for (int i = 0; i < children.length; i++) {
        send(children[i], i);
      }
    }
  }
}
