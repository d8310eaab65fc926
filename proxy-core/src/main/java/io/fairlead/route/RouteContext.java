package io.fairlead.route;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What all routes of an event loop share: its means, and the memory they may use. */
public final class RouteContext {
  private static final int LINE_ROOM = 1024;
  private static final int MOST_FREE = 1024;

  private final ProxyLoop loop;
  private final ExchangePool exchanges;
  private final RequestParser parser = new RequestParser();
  private final long mostKeptBytes;
  private final int hostId;
  private final int mostShadows;
  private long keptBytes;
  private int inFlight;
  private @Nullable Request free;
  private int freeCount;

  /**
   * @param mostKeptBytes bytes of requests and replies that routes may keep for later; above it,
   *     they take no further requests that have to be kept
   */
  public RouteContext(ProxyLoop loop, ExchangePool exchanges, long mostKeptBytes) {
    this(loop, exchanges, mostKeptBytes, 0, 0);
  }

  /**
   * @param hostId a number, read as unsigned, by which this host chooses where every host of a
   *     fleet is to choose for itself
   */
  public RouteContext(ProxyLoop loop, ExchangePool exchanges, long mostKeptBytes, int hostId) {
    this(loop, exchanges, mostKeptBytes, hostId, 0);
  }

  /**
   * @param mostShadows copies of requests that may be under way to shadows; 0 for any number
   */
  public RouteContext(
      ProxyLoop loop, ExchangePool exchanges, long mostKeptBytes, int hostId, int mostShadows) {
    this.hostId = hostId;
    this.mostShadows = mostShadows;
    this.loop = loop;
    this.exchanges = exchanges;
    this.mostKeptBytes = mostKeptBytes;
  }

  /** One of {@code count} that this host has chosen for good. */
  public int choiceOfHost(int count) {
    return Integer.remainderUnsigned(hostId, count);
  }

  /** How many copies of requests may be under way to all shadows together; 0 for any number. */
  public int mostShadows() {
    return mostShadows;
  }

  public ProxyLoop loop() {
    return loop;
  }

  public ExchangePool exchanges() {
    return exchanges;
  }

  RequestParser parser() {
    return parser;
  }

  /** An empty buffer with room for a line, and for a value of that length if it is not negative. */
  public ByteBuf buffer(int valueLength) {
    int room = LINE_ROOM + Math.max(valueLength, 0);
    ByteBuf kept = loop.outputs().take();
    if (kept.capacity() >= room || valueLength < 0) {
      return kept;
    }
    loop.outputs().giveBack(kept);
    return loop.outputs().allocate(room);
  }

  /** A retrieval that is kept; takes the exchange. */
  public Request keep(Exchange exchange) {
    return take().retrieval(exchange);
  }

  /** A copy of a command and its value. */
  public Request keep(Command command, ByteBuf in) {
    return take().copy(command, in);
  }

  /** The request in a buffer, which is taken: a good line that is no retrieval, and its value. */
  public Request written(ByteBuf request) {
    return take().written(request);
  }

  private Request take() {
    Request request = free;
    if (request == null) {
      return new Request(this);
    }
    free = request.nextFree;
    request.nextFree = null;
    freeCount--;
    return request;
  }

  void give(Request request) {
    if (freeCount < MOST_FREE) {
      request.nextFree = free;
      free = request;
      freeCount++;
    }
  }

  /** Notes that a route keeps a request for as long as it may send it. */
  void begun() {
    inFlight++;
  }

  /** Notes that it is over. */
  void ended() {
    inFlight--;
  }

  /** Whether there are requests that a route may still send to a child. */
  public boolean isBusy() {
    return inFlight > 0;
  }

  /** Notes that so many bytes more, or fewer, are kept. */
  public void kept(long bytes) {
    keptBytes += bytes;
  }

  /** Whether there is room to keep so many bytes more. */
  public boolean mayKeep(long bytes) {
    return keptBytes + bytes <= mostKeptBytes;
  }

  /** Bytes of requests and replies that routes keep. */
  public long keptBytes() {
    return keptBytes;
  }
}
