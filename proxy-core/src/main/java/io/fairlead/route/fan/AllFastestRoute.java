package io.fairlead.route.fan;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/** Every child gets the request, and the first reply is the answer that is no server's failure. */
final class AllFastestRoute extends AllRoute {
  AllFastestRoute(RouteContext context, List<Route> children) {
    super(context, "all-fastest", children);
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new First();
  }

  private final class First extends ToAll {
    private int left = size();

    @Override
    protected void ended(Reply reply) {
      left--;
      if (!isAnswered() && (left == 0 || !reply.result().isFailover())) {
        answer(reply);
      }
    }
  }
}
