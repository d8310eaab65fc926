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
  private final Severities severities;

  public AllSyncRoute(RouteContext context, List<Route> children) {
    this(context, children, Severities.USUAL);
  }

  AllSyncRoute(RouteContext context, List<Route> children, Severities severities) {
    super(context, "all-sync", children);
    this.severities = severities;
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
      if (worst.isEmpty() || severities.of(reply.result()) > severities.of(worst.result())) {
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
