package io.fairlead.route.select;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.fairlead.route.SelectingRoute;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Any child gets a request, each as likely as the others. */
final class RandomRoute extends SelectingRoute {
  private final Route[] children;

  RandomRoute(List<Route> children) {
    this.children = children.toArray(Route[]::new);
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    return children[ThreadLocalRandom.current().nextInt(children.length)];
  }

  @Override
  public void outline(Outline outline) {
    outline.node("random", List.of(children));
  }
}
