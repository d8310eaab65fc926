package io.fairlead.route.failover;

import io.fairlead.protocol.Result;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import org.jspecify.annotations.Nullable;

/** One request that goes to one child after the other, until a reply is the answer. */
abstract class InTurn extends Dispatch {
  private @Nullable Route next;
  private int nextSlot;
  private boolean sending;

  InTurn(RouteContext context) {
    super(context);
  }

  /** Whatever came before, a child that has the key gives the answer. */
  @Override
  protected final boolean passesHits(int slot) {
    return true;
  }

  /**
   * Sends the request to the child whose turn it is. Children that fail at once, such as ejected
   * servers, do so inside of {@link #send}; however many there are, the stack does not grow.
   */
  final void ask(Route child, int slot) {
    next = child;
    nextSlot = slot;
    if (sending) {
      return; // the call below goes on
    }
    sending = true;
    for (Route now = next; now != null; now = next) {
      next = null;
      send(now, nextSlot);
    }
    sending = false;
  }

  @Override
  protected abstract boolean isAnswer(int slot, Result result);
}
