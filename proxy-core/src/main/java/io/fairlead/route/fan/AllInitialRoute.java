package io.fairlead.route.fan;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/** Every child gets the request, and the reply of the first child is the answer. */
public final class AllInitialRoute extends AllRoute {
  public AllInitialRoute(RouteContext context, List<Route> children) {
    super(context, "all-initial", children);
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new OfFirstChild();
  }

  private final class OfFirstChild extends ToAll {
    @Override
    protected boolean passesHits(int slot) {
      return slot == 0;
    }

    @Override
    protected void ended(Reply reply) {
      if (reply.slot() == 0) {
        answer(reply);
      }
    }
  }
}
