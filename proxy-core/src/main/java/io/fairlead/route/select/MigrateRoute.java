package io.fairlead.route.select;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.SelectingRoute;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keys move from one child to another, each at its own moment; while they do, deletes go to both.
 */
final class MigrateRoute extends SelectingRoute {
  private final Route from;
  private final Route to;
  private final Route both;
  private final MovingKeys keys;
  private final LongSupplier seconds;

  /**
   * @param both sends to both children, and answers the worse reply
   * @param seconds since 1970
   */
  MigrateRoute(Route from, Route to, Route both, MovingKeys keys, LongSupplier seconds) {
    this.from = from;
    this.to = to;
    this.both = both;
    this.keys = keys;
    this.seconds = seconds;
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    long now = seconds.getAsLong();
    if (operation != Operation.DELETE) {
      return now < keys.moment(key, length) ? from : to;
    }
    if (!keys.hasBegun(now)) {
      return from;
    }
    return keys.isOver(now) ? to : both;
  }

  @Override
  public boolean uploads() {
    return from.uploads() && to.uploads();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the same node is meant
  public void outline(Outline outline) {
    Question question = outline.question();
    if (question == null) {
      outline.node("migrate", List.of(from, to));
      return;
    }
    Route chosen = select(question.operation(), question.key(), question.key().length);
    outline.node("migrate", chosen == both ? List.of(from, to) : List.of(chosen));
  }
}
