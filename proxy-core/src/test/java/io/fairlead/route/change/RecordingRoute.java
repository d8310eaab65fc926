package io.fairlead.route.change;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Records the requests that reach it, and answers that a key is not there. */
final class RecordingRoute implements Route {
  private final RouteContext context;
  private final String name;
  private final List<String> requests = new ArrayList<>();

  RecordingRoute(RouteContext context) {
    this(context, "recording");
  }

  RecordingRoute(RouteContext context, String name) {
    this.context = context;
    this.name = name;
  }

  /** What has been asked since the last call. */
  List<String> requests() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  @Override
  public void get(Exchange exchange, int lane) {
    requests.add("get " + Wire.text(exchange.key()).substring(0, exchange.keyLength()));
    exchange.miss();
    context.exchanges().give(exchange);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    ByteBuf line = Unpooled.buffer();
    RequestWriter.line(line, command, in);
    requests.add(Wire.text(line).strip());
    sink.onReply(slot, ReplyCode.NOT_FOUND, Wire.buffer("NOT_FOUND\r\n"), 0, 11, true);
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    outline.leaf(name + " " + (question == null ? "-" : Wire.text(question.key())));
  }
}
