package io.fairlead.route.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Answers every request with an error. */
public final class ErrorRoute implements Route {
  private final RouteContext context;
  private final String text;
  private final ByteBuf line;

  public ErrorRoute(RouteContext context, String text) {
    this.context = context;
    this.text = text;
    String oneLine = text.replaceAll("\\p{Cntrl}+", " ").strip();
    String said = oneLine.isEmpty() ? "local error" : oneLine;
    this.line = Unpooled.wrappedBuffer(("SERVER_ERROR " + said + "\r\n").getBytes(UTF_8));
  }

  @Override
  public void get(Exchange exchange, int lane) {
    exchange.reply(ReplyCode.SERVER_ERROR, line, 0, line.readableBytes(), true);
    context.exchanges().give(exchange);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    sink.onReply(slot, ReplyCode.SERVER_ERROR, line, 0, line.readableBytes(), true);
  }

  @Override
  public boolean uploads() {
    return true;
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    send(command, in, sink, 0, 0);
    return null;
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf(text.isEmpty() ? "error" : "error|" + text);
  }
}
