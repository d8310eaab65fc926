package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.ServerCounter;

/**
 * The deadlines of one server connection: until when its requests are to be answered, when its
 * server has stopped answering, and when nobody has needed it for too long.
 */
final class Deadlines {
  /** A reply is late after the part of the time for it that is 2 to this power. */
  private static final int LATE_SHIFT = 3;

  private final ProxyLoop loop;
  private final Server server;
  private final ServerConnection connection;
  private final RequestQueue queue;
  private final ReplyReader reader;

  /** Every exchange before this one has been looked at by {@link #expire}. */
  private long expired;

  private boolean opened;
  private long lastInput;
  private long lastTimeout;

  Deadlines(
      ProxyLoop loop,
      Server server,
      ServerConnection connection,
      RequestQueue queue,
      ReplyReader reader) {
    this.loop = loop;
    this.server = server;
    this.connection = connection;
    this.queue = queue;
    this.reader = reader;
    this.lastInput = loop.now();
  }

  /** The connection is open, and may stay so without a request only for so long. */
  void opened(long now) {
    opened = true;
    lastInput = now;
    if (server.idleNanos() != ProxyLoop.NEVER) {
      loop.watch(now + server.idleNanos());
    }
  }

  /**
   * The server has sent something.
   *
   * @return how long the oldest request has waited for it
   */
  long heard(long now) {
    lastInput = now;
    long waited = now - queue.oldestBeganAt(now);
    if (waited > server.timeoutNanos() >> LATE_SHIFT) {
      loop.load().answeredLate();
    }
    return waited;
  }

  /**
   * Answers requests whose time is over, and gives up on a server that has stopped answering.
   *
   * @return the time until there may be something to do again
   */
  long expire(long now) {
    long timeout = server.timeoutNanos();
    boolean timedOut = answerThoseThatAreLate(now, timeout);
    if (!connection.isClosed() && timedOut) {
      onTimeout(now, timeout);
    }
    if (!connection.isClosed() && hasStopped(now, timeout)) {
      connection.fail(Failure.TIMEOUT);
    }
    return nextDeadline(now);
  }

  private boolean answerThoseThatAreLate(long now, long timeout) {
    boolean timedOut = false;
    long from = queue.isInOrder() ? Math.max(expired, queue.head()) : queue.head();
    long arriving = arriving(now, timeout);
    for (long at = from; at < queue.tail(); at++) {
      Exchange exchange = queue.get(at);
      if (exchange.answered || at == arriving) {
        continue;
      }
      if (exchange.deadline - now > 0) {
        if (queue.isInOrder()) {
          expired = arriving >= 0 ? arriving : at;
          break;
        }
        continue;
      }
      server.accounts().timedOut(timeout);
      exchange.timedOut = true;
      exchange.failed(Failure.TIMEOUT);
      timedOut = true;
    }
    return timedOut;
  }

  /**
   * Where the request is whose large value may take its time while it keeps arriving; those behind
   * it do not wait for it. -1 when there is none.
   */
  private long arriving(long now, long timeout) {
    return reader.isInLargeValue() && now - lastInput < timeout ? queue.head() : -1;
  }

  /** The oldest request has the first deadline, unless something is out of the ordinary. */
  private long nextDeadline(long now) {
    Exchange oldest = queue.peek();
    if (oldest == null) {
      return untilIdle(now);
    }
    long left = oldest.deadline - now;
    return left > 0 && queue.isInOrder() ? left : ProxyLoop.TICK_NANOS;
  }

  /** Closes the connection when nothing was asked on it for too long; gives the time until then. */
  private long untilIdle(long now) {
    long idle = server.idleNanos();
    if (idle == ProxyLoop.NEVER || !opened || connection.isClosed()) {
      return ProxyLoop.NEVER;
    }
    long left = lastInput + idle - now;
    if (left <= 0) {
      server.accounts().idle();
      connection.fail(Failure.STOPPING);
      return ProxyLoop.NEVER;
    }
    return left;
  }

  /** However many requests time out at once, a server fails at most once in a time-out. */
  private void onTimeout(long now, long timeout) {
    if (now - lastTimeout >= timeout || lastTimeout == 0) {
      lastTimeout = now;
      server.stats().count(ServerCounter.SERVER_TIMEDOUT);
      server.availability().onFailed(Failure.TIMEOUT);
    }
  }

  private boolean hasStopped(long now, long timeout) {
    Exchange oldest = queue.peek();
    return oldest != null && now - oldest.deadline > timeout && now - lastInput > timeout;
  }
}
