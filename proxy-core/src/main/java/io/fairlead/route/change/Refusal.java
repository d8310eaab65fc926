package io.fairlead.route.change;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The line by which a route refuses a request that it cannot send on. */
final class Refusal {
  /** There is nothing behind the routing prefix. */
  static final Refusal BAD_KEY = new Refusal(ReplyCode.CLIENT_ERROR, "bad key");

  private final ReplyCode code;
  private final ByteBuf line;

  private Refusal(ReplyCode code, String text) {
    this.code = code;
    this.line = Unpooled.wrappedBuffer((code + " " + text + "\r\n").getBytes(US_ASCII));
  }

  /** The route is at fault, or how it is configured. */
  static Refusal ofServer(String text) {
    return new Refusal(ReplyCode.SERVER_ERROR, text);
  }

  /** Answers a retrieval, which is taken. */
  void answer(Exchange exchange, RouteContext context) {
    exchange.reply(code, line, 0, line.readableBytes(), true);
    context.exchanges().give(exchange);
  }

  void answer(ReplySink sink, int slot) {
    sink.onReply(slot, code, line, 0, line.readableBytes(), true);
  }
}
