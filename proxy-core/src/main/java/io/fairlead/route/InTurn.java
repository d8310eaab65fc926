package io.fairlead.route;

import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.Result;
import org.jspecify.annotations.Nullable;

/** One request that goes to one child after the other, until a reply is the answer. */
public abstract class InTurn extends Dispatch {
  private @Nullable Route next;
  private int nextSlot;
  private boolean sending;
  private boolean begun;

  protected InTurn(RouteContext context) {
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
  protected final void ask(Route child, int slot) {
    next = child;
    nextSlot = slot;
    if (sending) {
      return; // the call below goes on
    }
    sending = true;
    for (Route now = next; now != null; now = next) {
      next = null;
      sendTo(now, nextSlot);
    }
    sending = false;
  }

  /** What goes to others than the first child is counted as sent besides. */
  private void sendTo(Route child, int slot) {
    if (!begun) {
      begun = true;
      send(child, slot);
      return;
    }
    LoopStats stats = context.loop().stats();
    boolean before = stats.countBesides(true);
    send(child, slot);
    stats.countBesides(before);
  }

  @Override
  protected abstract boolean isAnswer(int slot, Result result);
}
