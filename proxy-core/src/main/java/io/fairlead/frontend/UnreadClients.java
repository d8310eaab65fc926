package io.fairlead.frontend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;

/** Closes clients that do not read their replies. */
final class UnreadClients extends ClientWatch {
  /** Whether they have read anything is looked at so often. */
  private static final int LOOKS = 4;

  private long timeout;

  UnreadClients(ProxyLoop loop) {
    super(loop);
  }

  void follow(long timeoutNanos) {
    timeout = timeoutNanos;
  }

  @Override
  protected long timeout() {
    return timeout;
  }

  void add(ClientConnection client) {
    add(client, timeout / LOOKS);
  }

  @Override
  protected long look(ClientConnection client, long now) {
    UnreadWatch unread = client.times().unread();
    if (client.unsentBytes() == 0) {
      unread.stop();
      return OVER;
    }
    if (unread.isStuck(client.takenBytes(), now, timeout)) {
      loop.stats().count(Counter.CLIENTS_TOO_SLOW);
      client.ending().isFor(ListenerCounter.CLOSED_UNREAD);
      client.close();
      return OVER;
    }
    return Math.max(1, timeout / LOOKS);
  }
}
