package io.fairlead.route.failover;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Outcomes;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.hashing.Placement;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolEvents;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteBuilder;
import io.fairlead.route.RouteContext;
import io.fairlead.route.RouteFactories;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One route above fake children. */
final class Setting implements RouteBuilder {
  private static final long MOST_KEPT_BYTES = 1 << 20;

  private final ExchangePool exchanges = new ExchangePool();
  private final RequestParser parser = new RequestParser();
  private final RouteFactories factories = new RouteFactories();
  private final RouteContext context;
  private final Route route;
  private final Map<String, PoolStats> pools = new HashMap<>();
  final FakeChildren children = new FakeChildren(exchanges);

  Setting(TestLoop loop, RouteSettings settings) {
    context = new RouteContext(loop.proxy(), exchanges, MOST_KEPT_BYTES);
    FailoverRoutes.addTo(factories);
    route = factories.build(settings, this);
  }

  @Override
  public RouteContext context() {
    return context;
  }

  @Override
  public Route build(RouteSettings settings) {
    return children.at(((ServerRouteSettings) settings).server());
  }

  @Override
  public PoolEvents events(RouteSettings settings) {
    return eventsOf(((ServerRouteSettings) settings).pool());
  }

  /** What is counted of a pool. */
  PoolEvents eventsOf(String pool) {
    return pools.computeIfAbsent(pool, PoolStats::new).events();
  }

  @Override
  public Placement counting(Placement placement) {
    return placement;
  }

  /** Sends a request; what becomes of it is told to the sink. */
  void send(String request, Outcomes sink, int slot) {
    if (request.startsWith("get ")) {
      Exchange exchange = exchanges.take(sink, slot);
      exchange.retrieves(Verb.GET, 0, Wire.bytes(request.substring("get ".length())));
      route.get(exchange, 0);
      return;
    }
    ByteBuf in = Wire.buffer(request.replace("/", "\r\n") + "\r\n");
    Command command = new Command();
    parser.parse(in, 0, in.indexOf(0, in.writerIndex(), (byte) '\n'), command);
    route.send(command, in, sink, slot, 0);
  }

  /** What becomes of a request when every answer that waits is given. */
  String outcome(String request) {
    Outcomes told = new Outcomes();
    send(request, told, 0);
    boolean answered = true;
    while (answered) {
      answered = children.answerNext();
    }
    return String.join(", ", told.told()).substring("0 ".length());
  }

  /** Bytes that routes keep for later. */
  long keptBytes() {
    return context.keptBytes();
  }

  long loopCounts(Counter counter) {
    return context.loop().stats().get(counter);
  }

  /** The lines of the outline. */
  List<String> outline(@Nullable Operation operation, String key) {
    Question question = operation == null ? null : new Question(operation, Wire.bytes(key));
    Outline outline = new Outline(question);
    route.outline(outline);
    return outline.lines();
  }
}
