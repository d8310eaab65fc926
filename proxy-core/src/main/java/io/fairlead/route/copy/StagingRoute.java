package io.fairlead.route.copy;

import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Request;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A warm cache answers, and a staging one follows in the background: it gets what was written, and
 * what was read and is not there.
 */
final class StagingRoute extends DispatchingRoute {
  private static final byte[] NO_FLAGS = {};
  final Route warm;
  final Route staging;

  /** What deletes both, and answers the worse of two replies. */
  private final Route both;

  StagingRoute(RouteContext context, Route warm, Route staging, Route both) {
    super(context);
    this.warm = warm;
    this.staging = staging;
    this.both = both;
  }

  @Override
  protected @Nullable Route straight(Operation operation) {
    return operation.kind() == Operation.Kind.DELETE_LIKE ? both : null;
  }

  /** The cas unique in a delete is that of the warm cache: staging follows without it. */
  @Override
  protected @Nullable Route straight(Operation operation, Command command, ByteBuf in) {
    boolean conditional = command.verb() == Verb.MD && command.meta().has('C');
    return conditional ? null : straight(operation);
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return operation.kind() == Operation.Kind.GET_LIKE
        ? new StagingRead(context, this)
        : new StagingWrite(context, this);
  }

  /** The write is done where it counts, and staging must not keep what it replaces. */
  @Override
  protected void withoutRoom(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    context.loop().stats().count(Counter.COPIES_SKIPPED);
    ByteBuf delete = context.buffer(-1);
    RequestWriter.invalidation(delete, command, in);
    warm.send(command, in, sink, slot, lane);
    Request removal = context.written(delete);
    removal.sendTo(staging, ReplySink.NOBODY, 0, lane);
    removal.release();
  }

  /** Asks whether the key is there. */
  ByteBuf probe(Request request) {
    ByteBuf probe = context.buffer(-1);
    KeyText.metaGet(probe, request, NO_FLAGS);
    return probe;
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    outline.leaf("staging");
    if (question != null && question.operation().kind() == Operation.Kind.DELETE_LIKE) {
      outline.below(both);
      return;
    }
    List.of(warm, staging).forEach(outline::below);
  }
}
