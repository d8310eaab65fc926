package io.fairlead.route.fan;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/** Every child gets the request, and that nothing was done is answered at once. */
final class AllAsyncRoute extends AllRoute {
  AllAsyncRoute(RouteContext context, List<Route> children) {
    super(context, "all-async", children);
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Unanswered();
  }

  private final class Unanswered extends ToAll {
    @Override
    protected void start() {
      answerNothing();
      super.start();
    }

    @Override
    protected void ended(Reply reply) {
      // It was answered before.
    }
  }
}
