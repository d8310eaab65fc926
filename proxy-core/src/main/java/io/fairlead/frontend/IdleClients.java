package io.fairlead.frontend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;

/** Closes clients that have sent nothing and waited for nothing for a time. */
final class IdleClients extends ClientWatch {
  private long timeout;

  IdleClients(ProxyLoop loop) {
    super(loop);
  }

  /** The time of those who are here begins anew when it is another one. */
  void follow(long timeoutNanos, Iterable<ClientConnection> open) {
    if (timeoutNanos == timeout) {
      return;
    }
    timeout = timeoutNanos;
    clear();
    open.forEach(this::opened);
  }

  void opened(ClientConnection client) {
    if (isOn()) {
      client.times().heard(loop.now());
      add(client, timeout);
    }
  }

  /** It was connected to another event loop before. */
  void joined(ClientConnection client) {
    if (isOn()) {
      add(client, Math.max(ProxyLoop.TICK_NANOS, timeout - client.times().silence(loop.now())));
    }
  }

  @Override
  protected long timeout() {
    return timeout;
  }

  @Override
  protected long look(ClientConnection client, long now) {
    if (!client.waitsForNothing()) {
      client.times().heard(now);
      return timeout;
    }
    long left = timeout - client.times().silence(now);
    if (left <= 0) {
      loop.stats().count(Counter.LIMIT_IDLE_TIMEOUT);
      client.ending().isFor(ListenerCounter.CLOSED_IDLE);
      client.close();
    }
    return Math.max(OVER, left);
  }
}
