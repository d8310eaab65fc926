package io.fairlead.backend;

import io.fairlead.loop.Fifo;
import io.fairlead.loop.ProxyLoop;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way on a server connection, in the order of the wire: those that wait for
 * their reply, and behind them those that wait to be sent.
 */
final class RequestQueue {
  /** As many as clients with gets of a hundred keys each have at one server. */
  private static final int USUALLY_AT_MOST = 1 << 13;

  private final Fifo<Exchange> requests = new Fifo<>(USUALLY_AT_MOST);
  private final ProxyLoop loop;
  private final ServerAccounts accounts;
  private final ExchangePool exchanges;
  private final long timeoutNanos;

  /** Null when gets are not shared while they are under way. */
  private final @Nullable SharedGets shared;

  /** Requests up to here have been sent; a reply to a later one cannot be genuine. */
  private long sent;

  /** Requests whose deadline is earlier than that of one before them. */
  private int outOfOrder;

  RequestQueue(ProxyLoop loop, Server server, ExchangePool exchanges, @Nullable SharedGets shared) {
    this.loop = loop;
    this.accounts = server.accounts();
    this.exchanges = exchanges;
    this.timeoutNanos = server.timeoutNanos();
    this.shared = shared;
  }

  /** Adds a request; one that was asked before keeps its deadline. */
  void add(Exchange exchange) {
    loop.requestBegan();
    if (exchange.retried) {
      outOfOrder++;
    } else {
      exchange.deadline = loop.now() + timeoutNanos;
    }
    loop.watch(exchange.deadline);
    requests.add(exchange);
  }

  /** The oldest request is over. */
  void finish() {
    Exchange exchange = remove();
    if (exchange.endsRequest()) {
      accounts.answered(exchange.deadline - timeoutNanos);
    }
    if (shared != null) {
      shared.remove(exchange);
    }
    exchanges.give(exchange);
  }

  /** Removes the oldest request, whatever becomes of it; there must be one. */
  Exchange remove() {
    Exchange exchange = requests.remove();
    if (exchange.retried) {
      outOfOrder--;
    }
    loop.requestEnded();
    return exchange;
  }

  /** Everything in it is being sent. */
  void allSent() {
    sent = requests.tail();
  }

  /** Whether the oldest request has been sent, so that a reply may come. */
  boolean expectsReply() {
    return requests.head() < sent;
  }

  /** When the oldest request began; {@code now} when there is none. */
  long oldestBeganAt(long now) {
    Exchange oldest = requests.peek();
    return oldest == null ? now : oldest.deadline - timeoutNanos;
  }

  /** Whether the oldest request should have been answered by now. */
  boolean isLate(long now) {
    Exchange oldest = requests.peek();
    return oldest != null && now - oldest.deadline >= 0;
  }

  /** Whether no request has an earlier deadline than one before it. */
  boolean isInOrder() {
    return outOfOrder == 0;
  }

  /** Adds what waits to be sent and what waits for its reply. */
  void countTo(QueueCount count) {
    for (long at = requests.head(); at < requests.tail(); at++) {
      count.add(requests.get(at), at < sent);
    }
  }

  /** The oldest request, or null when there is none. */
  @Nullable Exchange peek() {
    return requests.peek();
  }

  /** The request with a number from {@link #head()} to below {@link #tail()}. */
  Exchange get(long number) {
    return requests.get(number);
  }

  /** The number of the oldest request. */
  long head() {
    return requests.head();
  }

  /** The number that the next request will have. */
  long tail() {
    return requests.tail();
  }

  int size() {
    return requests.size();
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }
}
