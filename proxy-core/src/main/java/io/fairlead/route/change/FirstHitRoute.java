package io.fairlead.route.change;

import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.InTurn;
import io.fairlead.route.Outline;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/** The children are asked in turn until one has the key; the last reply is the answer. */
final class FirstHitRoute extends DispatchingRoute {
  private final Route[] children;

  FirstHitRoute(RouteContext context, List<Route> children) {
    super(context);
    this.children = children.toArray(Route[]::new);
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Search();
  }

  @Override
  public void outline(Outline outline) {
    outline.node("first-hit", List.of(children));
  }

  private final class Search extends InTurn {
    private Search() {
      super(FirstHitRoute.this.context);
    }

    @Override
    protected void start() {
      ask(children[0], 0);
    }

    @Override
    protected boolean isAnswer(int slot, Result result) {
      return result == Result.FOUND;
    }

    @Override
    protected void ended(Reply reply) {
      int next = reply.slot() + 1;
      if (next == children.length) {
        answer(reply);
      } else {
        ask(children[next], next);
      }
    }
  }
}
