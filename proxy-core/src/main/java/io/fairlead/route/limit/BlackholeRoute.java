package io.fairlead.route.limit;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.SelectingRoute;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Some operations do not reach the target; they are answered that nothing was done. */
final class BlackholeRoute extends SelectingRoute {
  private final Route target;
  private final Route hole;
  private final EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);

  BlackholeRoute(Route target, Route hole, Set<Operation> operations) {
    this.target = target;
    this.hole = hole;
    this.operations.addAll(operations);
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    return operations.contains(operation) ? hole : target;
  }

  @Override
  public boolean uploads() {
    return target.uploads() && hole.uploads();
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    outline.node(
        "blackhole",
        question == null
            ? List.of(target, hole)
            : List.of(select(question.operation(), question.key(), question.key().length)));
  }
}
