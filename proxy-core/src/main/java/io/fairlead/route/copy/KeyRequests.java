package io.fairlead.route.copy;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Request;
import io.fairlead.route.RouteContext;

/** Retrievals that a route makes by itself. */
final class KeyRequests {
  private KeyRequests() {}

  /** A get of the same key. */
  static Request get(RouteContext context, Request other) {
    return retrieval(context, Verb.GET, 0, other.key(), other.keyLength());
  }

  /** The retrieval of a key, which the caller must release. */
  static Request retrieval(RouteContext context, Verb verb, int expiry, byte[] key, int length) {
    Exchange exchange = context.exchanges().take(ReplySink.NOBODY, 0);
    exchange.retrieves(verb, expiry, key, length);
    return context.keep(exchange);
  }
}
