package io.fairlead.backend;

import io.fairlead.loop.Faults;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.CommandCounter;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, shared by all clients of an event loop: requests go out in order,
 * and replies come back in that order.
 */
final class ServerConnection extends OutboundConnection {
  /*
   * What ends a connection: the server closes it, a reply that cannot be the next request's, or a
   * server that has stopped answering. Then everything on it fails, or for gets is asked once more on a
   * new connection; nothing else is touched.
   *
   * A request that times out is answered with an error, but its exchange stays queued, so that a late
   * reply finds it and is dropped instead of going to the wrong client.
   */

  private final Server server;
  private final ServerConnections connections;
  private final int lane;
  private final ExchangePool exchanges;
  private final GetBatch batch = new GetBatch();
  private final RequestQueue queue;
  private final ReplyReader reader;
  private final Deadlines deadlines;

  /** Null when gets are not shared while they are under way. */
  private final @Nullable SharedGets shared;

  /** Requests that were completed since the last flush. */
  private int completed;

  private boolean waiting;
  private boolean opened;
  private Failure reason = Failure.LOST;

  ServerConnection(ProxyLoop loop, Server server, int lane, ExchangePool exchanges) {
    super(loop);
    this.server = server;
    this.connections = server.connections();
    this.lane = lane;
    this.exchanges = exchanges;
    this.shared =
        server.pool().shareGets()
            ? new SharedGets(loop, exchanges.followWrites(), server.timeoutNanos())
            : null;
    this.queue = new RequestQueue(loop, server, exchanges, shared);
    this.reader =
        new ReplyReader(this, server, queue, new LoneGets(this, server, exchanges, shared));
    this.deadlines = new Deadlines(loop, server, this, queue, reader);
  }

  /** Asks for one key, together with others that leave in the same turn. */
  void get(Exchange exchange) {
    long before = queue.tail();
    try {
      ask(exchange);
    } catch (Throwable e) {
      onFault(e, exchange, before);
    }
  }

  /*
   * A request that cannot be written to its end, for lack of memory as a rule, would spoil the next
   * one: nothing can follow it.
   */
  private void onFault(Throwable cause, Exchange exchange, long tailBefore) {
    Faults.log("closed a server connection", cause);
    boolean isQueued = queue.tail() > tailBefore;
    fail(Failure.OVERLOADED);
    if (!isQueued) {
      exchanges.fail(exchange, Failure.OVERLOADED);
    }
  }

  private void ask(Exchange exchange) {
    Exchange underWay = shared == null ? null : shared.find(exchange);
    if (underWay != null) {
      underWay.share(exchange);
      loop.stats().count(Counter.SHARED_KEYS);
      return;
    }
    if (batch.isOpen() && !batch.accepts(exchange)) {
      endBatch();
    }
    if (batch.isOpen()) {
      Exchange present = batch.find(exchange);
      if (present != null) {
        present.share(exchange);
        server.accounts().shared();
        return;
      }
    } else {
      batch.begin(out(), exchange);
    }
    batch.add(out(), exchange);
    loop.stats().countIfBesides(Accounts.of(exchange.verb()));
    exchanges.began(exchange);
    queue.add(exchange);
    if (shared != null) {
      shared.add(exchange);
    }
    mark();
  }

  /** Ends the multi-get that is being assembled; what follows goes into another one. */
  void endBatch() {
    if (!batch.isOpen()) {
      return;
    }
    batch.end(out());
    server.accounts().asked(batch);
    completed++;
  }

  /** Sends a request other than a retrieval, with its value if it has one. */
  void send(Command command, ByteBuf in, Exchange exchange) {
    long before = queue.tail();
    try {
      write(command, in, exchange);
    } catch (Throwable e) {
      onFault(e, exchange, before);
    }
  }

  private void write(Command command, ByteBuf in, Exchange exchange) {
    endBatch();
    int before = out().readableBytes();
    RequestWriter.line(out(), command, in);
    ReplyShape shape = ReplyShape.of(command.verb());
    if (shape.isMeta()) {
      exchange.echo().expect(shape, out(), out().readerIndex() + before);
    }
    exchange.requestBytes = out().readableBytes() - before;
    if (command.valueLength() >= 0) {
      append(in, command.lineEnd(), command.valueLength() + 2);
      exchange.requestBytes += command.valueLength() + 2;
    }
    exchange.shape = shape;
    exchanges.began(exchange, command, in);
    sendQueued(exchange, Accounts.of(command.verb()));
  }

  /** Sends a request that has been written already; takes it. */
  void sendOwned(ByteBuf request, ReplyShape shape, Exchange exchange) {
    long before = queue.tail();
    try {
      writeOwned(request, shape, exchange);
    } catch (Throwable e) {
      onFault(e, exchange, before);
    }
  }

  private void writeOwned(ByteBuf request, ReplyShape shape, Exchange exchange) {
    endBatch();
    exchange.requestBytes = request.readableBytes();
    if (shape.isMeta()) {
      exchange.echo().expect(shape, request, request.readerIndex());
    }
    exchanges.began(exchange, request);
    appendOwned(request);
    exchange.shape = shape;
    sendQueued(exchange, Accounts.of(shape));
  }

  private void sendQueued(Exchange exchange, CommandCounter counted) {
    server.accounts().asked(counted);
    completed++;
    queue.add(exchange);
    mark();
  }

  /** It is not opened before an operator lets the server's requests go. */
  void await() {
    waiting = true;
  }

  /** It is about to be opened. */
  void connecting() {
    waiting = false;
  }

  /** Whether nobody has begun to open it. */
  boolean isWaiting() {
    return waiting;
  }

  /** Whether nobody has, and a request has waited for that in vain. */
  boolean hasWaitedTooLong(long now) {
    return waiting && queue.isLate(now);
  }

  boolean isFull() {
    return queue.size() >= connections.mostRequests()
        || unsentBytes() > server.limits().serverBufferBytes();
  }

  int inFlight() {
    return queue.size();
  }

  @Override
  protected void onOpen() {
    opened = true;
    deadlines.opened(loop.now());
    connections.onOpened(this);
    mark();
  }

  @Override
  protected void beforeFlush() {
    endBatch();
    queue.allSent();
  }

  @Override
  protected void afterFlush() {
    server.accounts().sent(completed, newlyHandedBytes());
    completed = 0;
  }

  /** Counts for each read, not for each reply. */
  @Override
  protected int consume(ByteBuf in, int from, int to) {
    long waited = deadlines.heard(loop.now());
    int next = reader.read(in, from, to);
    server.accounts().read(reader, next - from, waited);
    return next;
  }

  /** Adds what waits to be sent and what waits for its reply. */
  void countQueues(QueueCount count) {
    queue.countTo(count);
    count.addOpenBatch(batch.isOpen());
  }

  @Override
  protected int wantedBytes() {
    return reader.wantedBytes();
  }

  /** The replies no longer belong to the requests: nothing on this connection can be trusted. */
  void violated(String what) {
    loop.stats().count(Counter.PROTOCOL_VIOLATIONS);
    server.log().onViolation(what);
    fail(Failure.INVALID_REPLY);
  }

  /** The server wants a login that it did not get: it serves nothing on this connection. */
  void refused() {
    server.log().onLoginRefused();
    fail(Failure.LOGIN_REFUSED);
  }

  @Override
  public void leave() {
    connections.onLeft(this);
  }

  /** Closes the connection and fails everything on it. */
  void fail(Failure why) {
    reason = why;
    close();
  }

  /** Answers requests whose time is over; returns the time until there may be something to do. */
  long expire(long now) {
    return deadlines.expire(now);
  }

  @Override
  protected void onBroken() {
    reason = Failure.RESET;
  }

  @Override
  protected void onClosed() {
    if (shared != null) {
      shared.clear();
    }
    boolean hadWork = !queue.isEmpty();
    Exchange begun = reader.isRelaying() ? queue.peek() : null;
    if (opened) {
      server.accounts().disconnected(endedByItself(), reason);
    }
    connections.onEnded(this, opened, hadWork, reason);
    if (hadWork) {
      new LostRequests(loop, server, exchanges, reason)
          .take(queue, begun, opened && reason.isOfConnection(), lane);
    }
  }
}
