package io.fairlead.route.select;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.SelectingRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** The operation decides which child gets a request. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives as long as the route
final class OperationRoute extends SelectingRoute {
  private final Route[] children = new Route[Operation.values().length];

  OperationRoute(Route otherwise) {
    Arrays.fill(children, otherwise);
  }

  void put(Operation operation, Route child) {
    children[operation.ordinal()] = child;
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    return children[operation.ordinal()];
  }

  @Override
  public boolean uploads() {
    return Arrays.stream(children).allMatch(Route::uploads);
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf("operation-selector");
    Question question = outline.question();
    if (question != null) {
      Operation asked = question.operation();
      outline.below(asked.configName(), children[asked.ordinal()]);
      return;
    }
    IdentityHashMap<Route, String> operations = new IdentityHashMap<>();
    List<Route> different = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      if (operation != Operation.FLUSHALL) {
        Route child = children[operation.ordinal()];
        if (!operations.containsKey(child)) {
          different.add(child);
        }
        operations.merge(child, operation.configName(), (some, more) -> some + ", " + more);
      }
    }
    different.forEach(child -> outline.below(operations.getOrDefault(child, ""), child));
  }
}
