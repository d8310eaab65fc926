package io.fairlead.route.fan;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Dispatch;
import io.fairlead.route.KeptReply;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/** Every child gets the request, and the worst reply is the answer. */
public final class AllSyncRoute extends AllRoute {
  public AllSyncRoute(RouteContext context, List<Route> children) {
    super(context, "all-sync", children);
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Worst();
  }

  private final class Worst extends ToAll {
    private final KeptReply worst = new KeptReply(context);
    private int left = size();

    @Override
    protected void ended(Reply reply) {
      if (worst.isEmpty() || reply.result().severity() > worst.result().severity()) {
        worst.keep(reply);
      }
      if (--left == 0) {
        answer(worst.reply());
      }
    }

    @Override
    protected void finished() {
      worst.drop();
    }
  }
}
