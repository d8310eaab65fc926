package io.fairlead.route.limit;

import io.fairlead.backend.Failure;
import io.fairlead.config.route.OutstandingSettings;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.Outline;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;

/** So many requests are in flight to the target; the others wait, and clients take turns. */
final class OutstandingRoute extends DispatchingRoute {
  /*
   * Who waits waits as long as a server may take to answer, and has that time once more when its turn
   * has come. One timer looks at those that wait, and only while there are any.
   */
  private final Route target;
  private final int limit;
  private final int mostWaiting;
  private final long timeoutNanos;
  private final RoundRobin<Turn> waiting = new RoundRobin<>();
  private final Runnable expire = this::expire;
  private int inFlight;
  private boolean admitting;
  private boolean timed;

  OutstandingRoute(RouteContext context, OutstandingSettings settings, Route target) {
    super(context);
    this.target = target;
    this.limit = settings.limit();
    this.mostWaiting = settings.mostWaiting();
    this.timeoutNanos = settings.timeout().toNanos();
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Turn();
  }

  private void await(Turn turn, int lane) {
    waiting.add(lane, turn);
    if (!timed) {
      timed = true;
      context.loop().later(expire, timeoutNanos);
    }
  }

  /** Sends what waits while there is room; a request that is over at once makes room again. */
  private void admit() {
    if (admitting) {
      return;
    }
    admitting = true;
    while (inFlight < limit && !waiting.isEmpty()) {
      waiting.remove().admitted();
    }
    admitting = false;
  }

  private void expire() {
    long now = context.loop().now();
    for (Turn turn : waiting.removeFirst(each -> each.deadline - now <= 0)) {
      turn.timedOut();
    }
    timed = !waiting.isEmpty();
    if (timed) {
      context.loop().later(expire, ProxyLoop.TICK_NANOS);
    }
  }

  @Override
  public void outline(Outline outline) {
    outline.node("outstanding-limit|limit=" + limit, List.of(target));
  }

  /** One request, which may have to wait for its turn. */
  private final class Turn extends Dispatch {
    private final long deadline = context.loop().now() + timeoutNanos;
    private boolean sent;

    Turn() {
      super(OutstandingRoute.this.context);
    }

    @Override
    protected void start() {
      if (inFlight < limit && waiting.isEmpty()) {
        sendNow();
      } else if (waiting.size() >= mostWaiting) {
        fail(Failure.OVERLOADED);
      } else {
        beginWait();
        await(this, lane());
      }
    }

    private void sendNow() {
      sent = true;
      inFlight++;
      send(target, 0);
    }

    void admitted() {
      sendNow();
      endWait();
    }

    void timedOut() {
      fail(Failure.TIMEOUT);
      endWait();
    }

    @Override
    protected boolean passesHits(int slot) {
      return true;
    }

    @Override
    protected void ended(Reply reply) {
      answer(reply);
    }

    @Override
    protected void finished() {
      if (sent) {
        inFlight--;
        admit();
      }
    }
  }
}
