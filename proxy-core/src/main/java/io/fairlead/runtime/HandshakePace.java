package io.fairlead.runtime;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many clients of a listener begin with TLS in a second, on one event loop; others wait in
 * line, unread, until it is their turn or the time for their handshake is over. A handshake costs
 * as much as hundreds of requests, and clients come all at once when they have been cut off.
 */
final class HandshakePace {
  /** How many may begin at once after a while without any, as a part of those in a second. */
  private static final int BURST_PART = 4;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ProxyLoop loop;
  private final ArrayDeque<Channel> line = new ArrayDeque<>();
  private final Runnable next = this::next;
  private long nanosEach;
  private long burstNanos;

  /** Until when what has begun takes, at the pace that is wanted. */
  private long busyUntil;

  private boolean scheduled;

  HandshakePace(ProxyLoop loop) {
    this.loop = loop;
    this.busyUntil = loop.now() - SECOND; // so that as many as may come at once do so at first
  }

  /**
   * @param perSecond how many may begin in a second; 0 for any number
   */
  void follow(int perSecond) {
    nanosEach = perSecond == 0 ? 0 : SECOND / perSecond;
    burstNanos = nanosEach * Math.max(1, perSecond / BURST_PART);
    if (!line.isEmpty()) {
      next();
    }
  }

  /** Has a client begin, now or when it is its turn. */
  void admit(Channel client) {
    if (line.isEmpty() && mayBegin(loop.now())) {
      return;
    }
    client.config().setAutoRead(false);
    line.add(client);
    loop.stats().count(Counter.TLS_DELAYED);
    schedule();
  }

  private boolean mayBegin(long now) {
    long earliest = now - burstNanos;
    if (busyUntil - earliest < 0) {
      busyUntil = earliest;
    }
    if (nanosEach > 0 && busyUntil + nanosEach - now > 0) {
      return false;
    }
    busyUntil += nanosEach;
    return true;
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      loop.later(next, Math.max(0, busyUntil + nanosEach - loop.now()));
    }
  }

  private void next() {
    scheduled = false;
    long now = loop.now();
    while (!line.isEmpty() && (!line.peek().isOpen() || mayBegin(now))) {
      line.remove().config().setAutoRead(true);
    }
    if (!line.isEmpty()) {
      schedule();
    }
  }
}
