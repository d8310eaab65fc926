package io.fairlead.route.failover;

import io.fairlead.config.route.FailoverErrors;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.PoolEvents;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import io.fairlead.route.Choosing;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.InTurn;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When one child fails, the next one gets the request. The answer is the first reply that is no
 * failure, or the last one there is.
 *
 * <p>A child that failed may nevertheless have done what it was asked, or do it later: a set that
 * timed out there and was stored by the next child may still be stored in both places.
 */
final class FailoverRoute extends DispatchingRoute {
  private final Route[] children;

  /** What is counted of the pool that each child leads to. */
  private final PoolEvents[] pools;

  private final FailoverErrors errors;
  private final ChildOrder order;
  private final @Nullable FailoverAccount account;

  /** Tells for which of the others the first child stands; null when it stands for none. */
  private final @Nullable Choosing chosen;

  FailoverRoute(
      RouteContext context,
      List<Route> children,
      List<PoolEvents> pools,
      FailoverErrors errors,
      ChildOrder order,
      @Nullable FailoverAccount account,
      @Nullable Choosing chosen) {
    super(context);
    this.children = children.toArray(Route[]::new);
    this.pools = pools.toArray(PoolEvents[]::new);
    this.errors = errors;
    this.order = order;
    this.account = account;
    this.chosen = chosen;
  }

  /** The children after the first one, of which that one stands for none. */
  private int[] others(byte[] key, int length) {
    Choosing first = chosen;
    return order.others(
        key, length, first == null ? ChildOrder.NONE : first.choice(key, length) + 1);
  }

  @Override
  protected @Nullable Route straight(Operation operation) {
    boolean maySpread = !errors.of(operation).isEmpty() || account != null;
    return maySpread || order.dependsOnKey() ? null : children[0];
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Tries(errors.of(operation));
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    if (question == null) {
      outline.node(order.label(), List.of(children));
      return;
    }
    byte[] key = question.key();
    outline.leaf(order.label());
    outline.below(children[order.first(key, key.length)]);
    if (!errors.of(question.operation()).isEmpty()) {
      for (int child : others(key, key.length)) {
        outline.below(children[child]);
      }
    }
  }

  /** One request; a slot is the index of a child. */
  private final class Tries extends InTurn {
    private final Set<Result> failures;
    private int first;
    private int child;

    /** The children after the first one, once they are needed, and how many have been asked. */
    private int @Nullable [] others;

    private int othersAsked;

    private int errorTries;

    /** Whether the child that was asked last has answered with an error. */
    private boolean failed;

    Tries(Set<Result> failures) {
      super(FailoverRoute.this.context);
      this.failures = failures;
    }

    @Override
    protected void start() {
      if (account != null) {
        account.payIn();
      }
      first = order.first(request().key(), request().keyLength());
      ask(first);
    }

    private void ask(int index) {
      child = index;
      failed = false;
      ask(children[index], index);
    }

    @Override
    protected boolean isAnswer(int slot, Result result) {
      return !result.isError();
    }

    @Override
    protected void ended(Reply reply) {
      failed = true;
      order.failed(child);
      int next = failures.contains(reply.result()) ? next() : -1;
      if (next >= 0 && mayGoOn(reply.result())) {
        if (othersAsked == 0) {
          count(Counter.FAILOVERS, PoolEvent.FAILOVERS);
        }
        othersAsked++;
        ask(next);
      } else {
        if (othersAsked > 0) {
          count(Counter.FAILOVERS_FAILED, PoolEvent.FAILOVERS_FAILED);
        }
        answer(reply);
      }
    }

    /** Both for the pool that failed first, so that one is a part of the other there. */
    private void count(Counter counter, PoolEvent event) {
      context.loop().stats().count(counter);
      pools[first].count(event);
    }

    @Override
    protected void brokenOff(int slot) {
      failed = true;
      order.failed(child);
    }

    /** The child after the present one; -1 when there is none. */
    private int next() {
      int[] order = others;
      if (order == null) {
        order = FailoverRoute.this.others(request().key(), request().keyLength());
        others = order;
      }
      return othersAsked < order.length ? order[othersAsked] : -1;
    }

    /** An ejected server costs nothing, so that passing it over is free. */
    private boolean mayGoOn(Result result) {
      if (result == Result.TKO) {
        return true;
      }
      errorTries++;
      return errorTries < order.mostErrorTries() && (account == null || account.take());
    }

    @Override
    protected void finished() {
      if (!failed) {
        order.served(child);
      }
    }
  }
}
