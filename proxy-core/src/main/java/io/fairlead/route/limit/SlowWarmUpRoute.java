package io.fairlead.route.limit;

import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A server that is cold gets a part of the reads, which grows with its hits. */
final class SlowWarmUpRoute extends DispatchingRoute {
  private final Route target;
  private final Route fallback;
  private final HitRate rate;
  private final DoubleSupplier chance;

  /**
   * @param chance gives a number from 0 to below 1
   */
  SlowWarmUpRoute(
      RouteContext context, Route target, Route fallback, HitRate rate, DoubleSupplier chance) {
    super(context);
    this.target = target;
    this.fallback = fallback;
    this.rate = rate;
    this.chance = chance;
  }

  @Override
  protected @Nullable Route straight(Operation operation) {
    if (operation.kind() != Operation.Kind.GET_LIKE) {
      return target;
    }
    return rate.isCold() && chance.getAsDouble() >= rate.share() ? fallback : null;
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Observed();
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    boolean reads = question == null || question.operation().kind() == Operation.Kind.GET_LIKE;
    outline.node("slow-warmup", reads ? List.of(target, fallback) : List.of(target));
  }

  /** A read of the target. */
  private final class Observed extends Dispatch {
    /** A large value that was passed on as it arrived comes to no end here. */
    private Result result = Result.FOUND;

    Observed() {
      super(SlowWarmUpRoute.this.context);
    }

    @Override
    protected void start() {
      send(target, 0);
    }

    @Override
    protected boolean passesHits(int slot) {
      return true;
    }

    @Override
    protected void ended(Reply reply) {
      result = reply.result();
      answer(reply);
    }

    @Override
    protected void brokenOff(int slot) {
      result = Result.REMOTE_ERROR;
    }

    @Override
    protected void finished() {
      if (result == Result.FOUND || result == Result.NOTFOUND) {
        rate.count(result == Result.FOUND);
      }
    }
  }
}
