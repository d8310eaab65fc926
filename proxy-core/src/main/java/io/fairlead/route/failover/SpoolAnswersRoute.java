package io.fairlead.route.failover;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delete that the spool has taken counts as answered here: the routes above see that there was
 * nothing to delete, and no failure.
 */
final class SpoolAnswersRoute implements Route {
  private final Route target;
  private @Nullable Answered free;

  SpoolAnswersRoute(Route target) {
    this.target = target;
  }

  @Override
  public void get(Exchange exchange, int lane) {
    target.get(exchange, lane);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    if (Operation.of(command).kind() != Operation.Kind.DELETE_LIKE) {
      target.send(command, in, sink, slot, lane);
    } else {
      target.send(command, in, take(sink), slot, lane);
    }
  }

  @Override
  public boolean uploads() {
    return target.uploads();
  }

  @Override
  public boolean uploads(Command command, ByteBuf in) {
    return target.uploads(command, in);
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    return target.upload(command, in, sink, onRoom);
  }

  @Override
  public void outline(Outline outline) {
    outline.node("spool-answers", List.of(target));
  }

  private Answered take(ReplySink sink) {
    Answered taken = free;
    if (taken == null) {
      taken = new Answered();
    } else {
      free = taken.nextFree;
      taken.nextFree = null;
    }
    taken.told = sink;
    return taken;
  }

  /** One delete. A spooled one comes as a reply, as the sink does not ask for more. */
  private final class Answered implements ReplySink {
    private @Nullable ReplySink told;
    private @Nullable Answered nextFree;

    /** Ends this; it may be used again by what the sink does when it is told, so that is last. */
    private ReplySink over() {
      ReplySink sink = told;
      assert sink != null;
      told = null;
      nextFree = free;
      free = this;
      return sink;
    }

    @Override
    public void onReply(
        int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
      over().onReply(slot, code, in, from, length, complete);
    }

    @Override
    public void onMiss(int slot) {
      over().onMiss(slot);
    }

    @Override
    public void onFailure(int slot, Failure failure) {
      over().onFailure(slot, failure);
    }
  }
}
