package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.ReplyShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a server connection that is gone: gets are asked once more if the server may get
 * them twice, everything else has failed.
 */
final class LostRequests {
  /*
   * Why only gets: whatever else was sent may have been carried out. Why a multi-get is asked again
   * as a whole or not at all: it is one request, and clients would rather have it fail than have
   * parts of it fail. So the budget may be exceeded by the keys of one multi-get.
   */

  private final ProxyLoop loop;
  private final Server server;
  private final ExchangePool exchanges;
  private final Failure reason;
  private final List<Exchange> again = new ArrayList<>();

  /** As many as there were when this turn began, that is with those that are lost. */
  private final long inFlight;

  /** Whether the keys up to the end of the present multi-get are asked again; null between two. */
  private @Nullable Boolean repeatsLine;

  LostRequests(ProxyLoop loop, Server server, ExchangePool exchanges, Failure reason) {
    this.loop = loop;
    this.server = server;
    this.exchanges = exchanges;
    this.reason = reason;
    this.inFlight = loop.stats().get(Counter.IN_FLIGHT);
  }

  /**
   * Empties the queue of the connection, and then asks again.
   *
   * @param begun the request of which the client has got a part of the reply; null for none
   */
  void take(RequestQueue queue, @Nullable Exchange begun, boolean mayRepeat, int lane) {
    while (!queue.isEmpty()) {
      Exchange exchange = queue.remove();
      exchanges.endedWrite(exchange);
      boolean endsLine = exchange.last;
      if (mayRepeat && isRepeatable(exchange) && exchange != begun && isGranted()) {
        exchanges.retries().began();
        exchange.retried = true;
        again.add(exchange);
      } else {
        fail(exchange);
      }
      if (endsLine) {
        repeatsLine = null;
      }
    }
    repeat(lane);
  }

  private boolean isRepeatable(Exchange exchange) {
    return exchange.shape == ReplyShape.RETRIEVAL
        && !exchange.retried
        && !exchange.answered
        && exchange.deadline - loop.now() > 0;
  }

  private boolean isGranted() {
    Boolean granted = repeatsLine;
    if (granted == null) {
      granted = exchanges.retries().hasRoom(inFlight);
      repeatsLine = granted;
    }
    if (!granted) {
      loop.stats().count(Counter.RETRIES_REFUSED);
    }
    return granted;
  }

  private void fail(Exchange exchange) {
    if (!exchange.answered) {
      server.accounts().count(Accounts.of(reason));
    }
    exchange.failed(reason);
    exchanges.give(exchange);
  }

  private void repeat(int lane) {
    for (Exchange exchange : again) {
      server.accounts().retried();
      exchange.last = false;
      server.get(exchange, lane);
    }
  }
}
