package io.fairlead.frontend;

import io.fairlead.loop.ProxyLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of a listener on one event loop to which something happens when their time is over: one
 * look at all of them when the first is due, and no timer for each.
 */
abstract class ClientWatch implements ProxyLoop.Ticking {
  /** The time of a client is over, and it is not watched any more. */
  static final long OVER = 0;

  /** Those who are due within such a part of the time are looked at together. */
  private static final int LOOKS_PER_TIMEOUT = 64;

  protected final ProxyLoop loop;
  private final List<ClientConnection> watched = new ArrayList<>();
  private long lookAt;

  ClientWatch(ProxyLoop loop) {
    this.loop = loop;
  }

  /**
   * Looks at a client, and does what its time has come for.
   *
   * @return the time until it has to be looked at again, or {@link #OVER}
   */
  protected abstract long look(ClientConnection client, long now);

  /** How long the longest time is that a client is given; zero when there is nothing to do. */
  protected abstract long timeout();

  final boolean isOn() {
    return timeout() > 0;
  }

  /** Watches a client, which is not watched yet and is due after that time. */
  final void add(ClientConnection client, long left) {
    long now = loop.now();
    if (watched.isEmpty()) {
      lookAt = now + left;
      loop.addTicking(this);
    }
    watched.add(client);
    dueAt(now + left);
    loop.watch(now + left);
  }

  private void dueAt(long at) {
    lookAt = at - lookAt < 0 ? at : lookAt;
  }

  /** Watches nobody any more. */
  final void clear() {
    if (!watched.isEmpty()) {
      watched.clear();
      loop.removeTicking(this);
    }
  }

  @Override
  public final long onTick(long now) {
    if (lookAt - now > 0) {
      return lookAt - now;
    }
    lookAt = now + Math.max(timeout(), ProxyLoop.TICK_NANOS);
    for (int i = watched.size() - 1; i >= 0; i--) {
      ClientConnection client = watched.get(i);
      long left = client.isClosed() ? OVER : look(client, now);
      if (left <= OVER) {
        remove(i);
      } else {
        dueAt(now + Math.max(left, timeout() / LOOKS_PER_TIMEOUT));
      }
    }
    if (watched.isEmpty()) {
      loop.removeTicking(this);
      return ProxyLoop.NEVER;
    }
    return lookAt - now;
  }

  /** The last one takes its place, which has been looked at already. */
  private void remove(int index) {
    ClientConnection last = watched.remove(watched.size() - 1);
    if (index < watched.size()) {
      watched.set(index, last);
    }
  }
}
