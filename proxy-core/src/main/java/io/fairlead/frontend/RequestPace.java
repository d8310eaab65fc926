package io.fairlead.frontend;

import io.fairlead.config.ClientLimits;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.loop.TokenBucket;
import io.fairlead.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * How fast the requests of one client may come, the keys of a get one by one. A client whose
 * requests come faster is not read from for a while.
 */
final class RequestPace {
  private final ClientConnection client;
  private final PacedClients waiting;
  private final int perSecond;
  private final int burst;
  private TokenBucket tokens;
  private boolean isWaiting;
  private long until;

  private RequestPace(ClientConnection client, PacedClients waiting, ClientLimits limits) {
    this.client = client;
    this.waiting = waiting;
    this.perSecond = limits.requestsPerSecond();
    this.burst = limits.burst();
    this.tokens = new TokenBucket(perSecond, burst, client.loop().now());
  }

  /**
   * The pace that limits ask for; null when requests may come as fast as they can.
   *
   * @param before which goes on if it is the same
   */
  static @Nullable RequestPace of(
      ClientConnection client,
      PacedClients waiting,
      ClientLimits limits,
      @Nullable RequestPace before) {
    if (limits.requestsPerSecond() == 0) {
      return null;
    }
    return before != null && before.isThat(limits)
        ? before
        : new RequestPace(client, waiting, limits);
  }

  private boolean isThat(ClientLimits limits) {
    return perSecond == limits.requestsPerSecond() && burst == limits.burst();
  }

  /** What the client has used up on another event loop is used up, if the limits are the same. */
  void goOnFor(RequestPace before) {
    if (perSecond == before.perSecond && burst == before.burst) {
      tokens = before.tokens;
    }
  }

  /** Whether another request may be taken; else the client is to wait, and goes on by itself. */
  boolean admits() {
    long now = client.loop().now();
    if (tokens.hasToken(now)) {
      return true;
    }
    if (!isWaiting) {
      isWaiting = true;
      client.stats().count(Counter.LIMIT_REQUESTS_PER_SECOND);
      long left = Math.max(tokens.nanosUntilToken(), ProxyLoop.TICK_NANOS);
      until = now + left;
      waiting.add(client, left);
    }
    return false;
  }

  /** A request, or a key, was taken. */
  void take() {
    tokens.spend();
  }

  boolean isWaiting() {
    return isWaiting;
  }

  /** How long the client has to wait yet. */
  long left(long now) {
    isWaiting = isWaiting && until - now > 0;
    return isWaiting ? until - now : ClientWatch.OVER;
  }
}
