package io.fairlead.route.limit;

import io.fairlead.config.route.LatencySettings;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.KeptReply;
import io.fairlead.route.Outline;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Requests wait before they are sent, and replies before they are passed on. */
final class LatencyRoute extends DispatchingRoute {
  private final String label;
  private final Route target;
  private final long before;
  private final long after;
  private final long total;

  LatencyRoute(RouteContext context, LatencySettings settings, Route target) {
    super(context);
    this.target = target;
    before = TimeUnit.MILLISECONDS.toNanos(settings.beforeMillis());
    after = TimeUnit.MILLISECONDS.toNanos(settings.afterMillis());
    total = TimeUnit.MILLISECONDS.toNanos(settings.totalMillis());
    label =
        "latency-injection|before=%dms|after=%dms|total=%dms"
            .formatted(settings.beforeMillis(), settings.afterMillis(), settings.totalMillis());
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Delayed();
  }

  @Override
  public void outline(Outline outline) {
    outline.node(label, List.of(target));
  }

  private final class Delayed extends Dispatch {
    private final KeptReply reply = new KeptReply(context);
    private final long begun = context.loop().now();

    Delayed() {
      super(LatencyRoute.this.context);
    }

    @Override
    protected void start() {
      if (before <= 0) {
        send(target, 0);
        return;
      }
      beginWait();
      context.loop().later(this::sendNow, before);
    }

    private void sendNow() {
      send(target, 0);
      endWait();
    }

    @Override
    protected boolean passesHits(int slot) {
      return after <= 0 && total <= 0;
    }

    @Override
    protected void ended(Reply come) {
      long left = Math.max(after, total - (context.loop().now() - begun));
      if (left <= 0 || !context.mayKeep(come.length())) {
        answer(come); // sooner than it should be, rather than out of memory
        return;
      }
      reply.keep(come);
      beginWait();
      context.loop().later(this::answerNow, left);
    }

    private void answerNow() {
      answer(reply.reply());
      endWait();
    }

    @Override
    protected void finished() {
      reply.drop();
    }
  }
}
