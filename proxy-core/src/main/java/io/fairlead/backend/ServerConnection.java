package io.fairlead.backend;

import io.fairlead.loop.Connection;
import io.fairlead.loop.Faults;
import io.fairlead.loop.Fifo;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, shared by all clients of an event loop: requests go out in order,
 * and replies come back in that order.
 */
final class ServerConnection extends Connection {
  /*
   * What ends a connection: the server closes it, a reply that cannot be the next request's, or a
   * server that has stopped answering. Then everything on it fails, or for gets is asked once more on a
   * new connection; nothing else is touched.
   *
   * A request that times out is answered with an error, but its exchange stays queued, so that a late
   * reply finds it and is dropped instead of going to the wrong client.
   */

  /** A reply is late after the part of the time for it that is 2 to this power. */
  private static final int LATE_SHIFT = 3;

  /** Copies of a value that is given to all who share a get. */
  private static final int SHARED_BYTES = 1 << 20;

  private final Server server;
  private final int lane;
  private final ExchangePool exchanges;
  private final Fifo<Exchange> queue = new Fifo<>();
  private final GetBatch batch = new GetBatch();
  private final ReplyReader reader;
  private final Deadlines deadlines;

  /** Null when gets are not shared while they are under way. */
  private final @Nullable SharedGets shared;

  /** Requests up to here have been sent; a reply to a later one cannot be genuine. */
  private long sent;

  /** Requests that were completed since the last flush. */
  private int completed;

  private boolean waiting;
  private boolean opened;
  private Failure reason = Failure.LOST;

  ServerConnection(ProxyLoop loop, Server server, int lane, ExchangePool exchanges) {
    super(loop);
    this.server = server;
    this.lane = lane;
    this.exchanges = exchanges;
    this.reader = new ReplyReader(this, server.limits().valueBytes());
    this.deadlines = new Deadlines(loop, server, this, reader);
    this.shared =
        server.pool().shareGets()
            ? new SharedGets(loop, exchanges.followWrites(), server.timeoutNanos())
            : null;
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
      RequestWriter.beginGet(out(), exchange.verb(), exchange.expiry());
      batch.begin(exchange);
    }
    RequestWriter.key(out(), exchange.key(), exchange.keyLength());
    batch.add(exchange);
    loop.stats().countIfBesides(Accounts.of(exchange.verb()));
    if (exchange.verb().touches() && exchanges.writes() != null) {
      exchanges.beganWrite(exchange, WritesUnderWay.place(exchange.key(), exchange.keyLength()));
    }
    enqueue(exchange);
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
    batch.end();
    RequestWriter.endLine(out());
    loop.stats().count(Counter.SERVER_REQUESTS);
    loop.stats().sent().add(Accounts.of(batch.verb()), batch.keys());
    completed++;
    if (batch.isMixed()) {
      server.accounts().coalesced(batch.keys());
    }
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
      MetaEcho.expect(exchange, shape, out(), out().readerIndex() + before);
    }
    exchange.requestBytes = out().readableBytes() - before;
    if (command.valueLength() >= 0) {
      append(in, command.lineEnd(), command.valueLength() + 2);
      exchange.requestBytes += command.valueLength() + 2;
    }
    exchange.shape = shape;
    if (exchanges.writes() != null) {
      exchanges.beganWrite(exchange, WritesUnderWay.place(command, in));
    }
    loop.stats().countSent(Accounts.of(command.verb()));
    sendQueued(exchange);
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
      MetaEcho.expect(exchange, shape, request, request.readerIndex());
    }
    if (exchanges.writes() != null) {
      exchanges.beganWrite(exchange, WritesUnderWay.place(request));
    }
    appendOwned(request);
    exchange.shape = shape;
    loop.stats().countSent(Accounts.of(shape));
    sendQueued(exchange);
  }

  private void sendQueued(Exchange exchange) {
    loop.stats().count(Counter.SERVER_REQUESTS);
    completed++;
    enqueue(exchange);
    mark();
  }

  private void enqueue(Exchange exchange) {
    loop.requestBegan();
    deadlines.begin(exchange);
    queue.add(exchange);
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

  /** Whether its oldest request should have been answered by now. */
  boolean isLate(long now) {
    Exchange oldest = queue.peek();
    return oldest != null && now - oldest.deadline >= 0;
  }

  boolean isFull() {
    return queue.size() >= server.mostRequests()
        || unsentBytes() > server.limits().serverBufferBytes();
  }

  int inFlight() {
    return queue.size();
  }

  @Override
  protected void onOpen() {
    opened = true;
    deadlines.opened(loop.now());
    server.onConnected();
    server.onOpened(this);
    mark();
  }

  @Override
  protected void beforeFlush() {
    endBatch();
    sent = queue.tail();
  }

  /** Counted for each send, not for each request. */
  @Override
  protected void afterFlush() {
    ServerStats stats = server.stats();
    stats.add(ServerCounter.REQUESTS, completed);
    stats.add(ServerCounter.REQUEST_BYTES, newlyHandedBytes());
    completed = 0;
  }

  /** Counts for each read, not for each reply. */
  @Override
  protected int consume(ByteBuf in, int from, int to) {
    long now = loop.now();
    deadlines.heard(now);
    Exchange oldest = queue.peek();
    long sentAt = oldest == null ? now : oldest.deadline - server.timeoutNanos();
    if (now - sentAt > server.timeoutNanos() >> LATE_SHIFT) {
      loop.load().answeredLate();
    }
    int next = reader.read(in, from, to);
    server.accounts().read(reader, next - from, now - sentAt);
    return next;
  }

  /** Counts a reply that is not one to a retrieval, or that is an error. */
  void onResult(ReplyShape shape, ReplyCode code) {
    server.accounts().count(Accounts.of(shape, code));
  }

  /** Adds what waits to be sent and what waits for its reply. */
  void countQueues(QueueCount count) {
    for (long at = queue.head(); at < queue.tail(); at++) {
      count.add(queue.get(at), at < sent);
    }
    count.addOpenBatch(batch.isOpen());
  }

  @Override
  protected int wantedBytes() {
    return reader.wantedBytes();
  }

  Fifo<Exchange> queue() {
    return queue;
  }

  /** Whether the oldest request has been sent, so that a reply may come. */
  boolean expectsReply() {
    return queue.head() < sent;
  }

  /** The oldest request is over. */
  void finish() {
    Exchange exchange = queue.remove();
    if (exchange.endsRequest()) {
      server.accounts().answered(exchange.deadline - server.timeoutNanos());
    }
    deadlines.end(exchange);
    notShared(exchange);
    loop.requestEnded();
    exchanges.give(exchange);
  }

  /** Nobody may join a get any more, as it is over or asked again. */
  private void notShared(Exchange exchange) {
    if (shared != null) {
      shared.remove(exchange);
    }
  }

  /** The server answered the oldest request, well or badly. */
  void onAnswered() {
    server.onAnswered();
  }

  /** Asks for a key again, in a line of its own, because one that it shared was refused. */
  void askAlone(Exchange exchange) {
    server.accounts().retried();
    notShared(exchange);
    Exchange again = exchanges.take(ReplySink.NOBODY, 0);
    again.replaces(exchange);
    again.retried = true;
    again.alone = true;
    endBatch();
    get(again);
    endBatch();
  }

  /**
   * A large value has begun to come. Each of those who share it would have a copy of it in memory
   * at once: no more do than may, and the others ask again, as far as they have not written since.
   */
  void onLargeValue(Exchange exchange, int bytes) {
    if (shared == null) {
      return;
    }
    shared.remove(exchange);
    int most = Math.max(1, SHARED_BYTES / bytes);
    Exchange rest = exchange.keepSharers(most);
    while (rest != null) {
      Exchange next = rest.keepSharers(most);
      rest.deadline = exchange.deadline;
      rest.retried = true;
      rest.alone = true;
      endBatch();
      get(rest);
      endBatch();
      rest = next;
    }
  }

  /** The replies no longer belong to the requests: nothing on this connection can be trusted. */
  void violated(String what) {
    loop.stats().count(Counter.PROTOCOL_VIOLATIONS);
    server.onViolation(what);
    fail(Failure.INVALID_REPLY);
  }

  /** The server wants a login that it did not get: it serves nothing on this connection. */
  void refused() {
    server.onLoginRefused();
    fail(Failure.LOGIN_REFUSED);
  }

  @Override
  public void leave() {
    server.onLeft(this);
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
    server.onEnded(this, opened, hadWork, reason);
    if (hadWork) {
      LostRequests lost = new LostRequests(loop, server, exchanges, reason);
      lost.take(queue, begun, opened && reason.isOfConnection());
      lost.repeat(lane);
    }
  }
}
