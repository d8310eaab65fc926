package io.fairlead.route.answer;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.route.NothingDone;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;

/** Does nothing, and says so: not found, not stored. */
final class NullRoute implements Route {
  private final RouteContext context;
  private final boolean counts;

  NullRoute(RouteContext context, boolean counts) {
    this.context = context;
    this.counts = counts;
  }

  @Override
  public void get(Exchange exchange, int lane) {
    count();
    exchange.miss();
    context.exchanges().give(exchange);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    count();
    ByteBuf line = context.buffer(-1);
    ReplyCode code = NothingDone.write(line, command, in);
    sink.onReply(slot, code, line, 0, line.readableBytes(), true);
    context.loop().outputs().giveBack(line);
  }

  private void count() {
    if (counts) {
      context.loop().stats().count(Counter.DEV_NULL_REQUESTS);
    }
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf(counts ? "devnull" : "null");
  }
}
