package io.fairlead.route.copy;

import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Result;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Reply;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;

/**
 * A write to the warm cache; what it did there, staging does, too. A conditional store that has
 * succeeded becomes an unconditional one, and after a failure, of which nobody knows what it left,
 * staging is to have nothing.
 */
final class StagingWrite extends Dispatch {
  private final StagingRoute route;

  StagingWrite(RouteContext context, StagingRoute route) {
    super(context);
    this.route = route;
  }

  @Override
  protected void start() {
    send(route.warm, 0);
  }

  @Override
  protected void ended(Reply reply) {
    boolean done = reply.code().isSuccess();
    boolean unknown = reply.result().isError() && reply.result() != Result.CLIENT_ERROR;
    answer(reply);
    if (done) {
      follow();
    } else if (unknown) {
      ByteBuf delete = context.buffer(-1);
      KeyText.delete(delete, request());
      sendAside(context.written(delete), route.staging);
    }
  }

  private void follow() {
    context.loop().stats().count(Counter.COPIES);
    if (isUnconditional(request().command().verb())) {
      sendAside(route.staging);
      return;
    }
    Command command = request().command();
    ByteBuf in = request().bytes();
    ByteBuf following = context.buffer(command.valueLength());
    RequestWriter.followingLine(following, command, in);
    if (command.valueLength() >= 0) {
      following.writeBytes(in, command.lineEnd(), command.valueLength() + 2);
    }
    sendAside(context.written(following), route.staging);
  }

  private static boolean isUnconditional(Verb verb) {
    return switch (verb) {
      case ADD, REPLACE, CAS, MS, MA, MD -> false;
      default -> true;
    };
  }
}
