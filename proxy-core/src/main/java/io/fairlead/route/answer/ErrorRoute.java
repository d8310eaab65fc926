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
  private final ReplyCode code;
  private final String text;
  private final ByteBuf line;

  /** Answers with the error of a server, which is a miss for clients that are told so. */
  public ErrorRoute(RouteContext context, String text) {
    this(context, ReplyCode.SERVER_ERROR, text);
  }

  private ErrorRoute(RouteContext context, ReplyCode code, String text) {
    this.context = context;
    this.code = code;
    this.text = text;
    String oneLine = text.replaceAll("\\p{Cntrl}+", " ").strip();
    String said = oneLine.isEmpty() ? "local error" : oneLine;
    this.line = Unpooled.wrappedBuffer(("SERVER_ERROR " + said + "\r\n").getBytes(UTF_8));
  }

  /**
   * Answers with the same words, but as one does to a request that is wrong: no other server could
   * do better, and a retrieval is no miss.
   */
  public static ErrorRoute ofRefusal(RouteContext context, String text) {
    return new ErrorRoute(context, ReplyCode.CLIENT_ERROR, text);
  }

  @Override
  public void get(Exchange exchange, int lane) {
    exchange.reply(code, line, 0, line.readableBytes(), true);
    context.exchanges().give(exchange);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    sink.onReply(slot, code, line, 0, line.readableBytes(), true);
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
