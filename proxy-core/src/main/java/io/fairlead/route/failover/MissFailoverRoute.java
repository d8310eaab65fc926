package io.fairlead.route.failover;

import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Operation.Kind;
import io.fairlead.protocol.Result;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.InTurn;
import io.fairlead.route.KeptReply;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Reply;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and deletes go to one child after the other until one has the key; all else goes to the
 * first child.
 */
final class MissFailoverRoute extends DispatchingRoute {
  private final Route[] children;
  private final boolean returnsBest;

  /**
   * @param returnsBest whether of several misses and errors the least severe is the answer, and not
   *     the last
   */
  MissFailoverRoute(RouteContext context, List<Route> children, boolean returnsBest) {
    super(context);
    this.children = children.toArray(Route[]::new);
    this.returnsBest = returnsBest;
  }

  @Override
  protected @Nullable Route straight(Operation operation) {
    return goesOn(operation) ? null : children[0];
  }

  private static boolean goesOn(Operation operation) {
    return operation.kind() == Kind.GET_LIKE || operation.kind() == Kind.DELETE_LIKE;
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return new Search();
  }

  @Override
  public boolean uploads() {
    return children[0].uploads();
  }

  /** Stores go to the first child. */
  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    return children[0].upload(command, in, sink, onRoom);
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    List<Route> reached =
        question == null || goesOn(question.operation()) ? List.of(children) : List.of(children[0]);
    outline.node("miss-failover", reached);
  }

  /** One read or delete; a slot is the index of a child. */
  private final class Search extends InTurn {
    private @Nullable KeptReply best;

    Search() {
      super(MissFailoverRoute.this.context);
    }

    @Override
    protected void start() {
      ask(children[0], 0);
    }

    @Override
    protected boolean isAnswer(int slot, Result result) {
      return result.isHit() || result == Result.OK;
    }

    @Override
    protected void ended(Reply reply) {
      boolean last = reply.slot() == children.length - 1;
      KeptReply kept = best;
      boolean isBest =
          !returnsBest || kept == null || reply.result().severity() <= kept.result().severity();
      if (last) {
        answer(isBest || kept == null ? reply : kept.reply());
        return;
      }
      if (returnsBest && isBest) {
        keep(reply);
      }
      int next = reply.slot() + 1;
      ask(children[next], next);
    }

    private void keep(Reply reply) {
      KeptReply kept = best;
      if (kept == null) {
        kept = new KeptReply(context);
        best = kept;
      }
      kept.keep(reply);
    }

    @Override
    protected void finished() {
      if (best != null) {
        best.drop();
      }
    }
  }
}
