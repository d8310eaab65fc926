package io.fairlead.route.fan;

import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import io.fairlead.route.Dispatch;
import io.fairlead.route.KeptReply;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/**
 * Every child gets the request. The answer is the first result that more than half of them have;
 * without one, the most frequent, and of those the worst.
 */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives as long as the request
final class AllMajorityRoute extends AllRoute {
  private static final int RESULTS = Result.values().length;

  private final Severities severities;

  AllMajorityRoute(RouteContext context, List<Route> children, Severities severities) {
    super(context, "all-majority", children);
    this.severities = severities;
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Majority();
  }

  private final class Majority extends ToAll {
    private final int[] votes = new int[RESULTS];
    private final KeptReply leading = new KeptReply(context);
    private int left = size();

    @Override
    protected void ended(Reply reply) {
      left--;
      if (isAnswered()) {
        return;
      }
      int count = ++votes[reply.result().ordinal()];
      if (count > size() / 2) {
        answer(reply);
        return;
      }
      if (leads(reply.result(), count)) {
        leading.keep(reply);
      }
      if (left == 0) {
        answer(leading.reply());
      }
    }

    private boolean leads(Result result, int count) {
      if (leading.isEmpty()) {
        return true;
      }
      int best = votes[leading.result().ordinal()];
      return count > best
          || (count == best && severities.of(result) >= severities.of(leading.result()));
    }

    @Override
    protected void finished() {
      leading.drop();
    }
  }
}
