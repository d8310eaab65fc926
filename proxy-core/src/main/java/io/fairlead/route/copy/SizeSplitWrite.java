package io.fairlead.route.copy;

import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Expiry;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Result;
import io.fairlead.route.Dispatch;
import io.fairlead.route.Reply;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;

/**
 * A set of a large value: first the value where large ones live, then the signpost. When the value
 * cannot be stored there it is stored with the small ones, for a short time.
 */
final class SizeSplitWrite extends Dispatch {
  private static final int LARGE = 0;
  private static final int SMALL = 1;

  private final SizeSplitRoute route;

  SizeSplitWrite(RouteContext context, SizeSplitRoute route) {
    super(context);
    this.route = route;
  }

  @Override
  protected void start() {
    if (route.settings.both()) {
      context.loop().stats().count(Counter.COPIES);
      sendAside(route.large);
      send(route.small, SMALL);
    } else {
      send(route.large, LARGE);
    }
  }

  @Override
  protected void ended(Reply reply) {
    if (reply.slot() == SMALL || reply.result() == Result.CLIENT_ERROR) {
      answer(reply);
    } else if (reply.result() == Result.STORED) {
      sendSignpost();
    } else {
      sendForAShortTime();
    }
  }

  private void sendSignpost() {
    Command command = request().command();
    ByteBuf in = request().bytes();
    ByteBuf signpost = context.buffer(-1);
    long flags = StoreLine.flags(command, in) | SizeSplitRoute.SIGNPOST_FLAG;
    StoreLine.write(signpost, command, in, flags, StoreLine.expiry(command, in), 0);
    RequestWriter.endLine(signpost);
    send(signpost);
  }

  private void sendForAShortTime() {
    Command command = request().command();
    ByteBuf in = request().bytes();
    int length = command.valueLength();
    int expiry = StoreLine.expiry(command, in);
    int shorter = Expiry.sooner(expiry, route.settings.failureTtl(), Expiry::nowSeconds);
    ByteBuf whole = context.buffer(length);
    StoreLine.write(whole, command, in, StoreLine.flags(command, in), shorter, length);
    whole.writeBytes(in, command.lineEnd(), length + 2);
    send(whole);
  }

  private void send(ByteBuf written) {
    var own = context.written(written);
    send(own, route.small, SMALL);
    own.release();
  }
}
