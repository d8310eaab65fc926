package io.fairlead.frontend;

import io.fairlead.loop.ProxyLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Takes leave of clients one after the other, so that they do not all come back elsewhere in one
 * moment. Until its turn has come a client is served as ever.
 */
final class Farewell {
  /** Few clients are gone soon: nobody minds so many in a second. */
  private static final Duration STEP = Duration.ofMillis(10);

  private final ProxyLoop loop;
  private final Deque<ClientConnection> waiting;
  private final int perStep;

  private Farewell(ProxyLoop loop, Collection<ClientConnection> clients, Duration most) {
    this.loop = loop;
    this.waiting = new ArrayDeque<>(clients);
    long steps = Math.max(1, most.toMillis() / STEP.toMillis());
    this.perStep = (int) ((clients.size() + steps - 1) / steps);
  }

  /**
   * Begins with the first clients.
   *
   * @param most how long it may take to begin with the last
   */
  static Farewell begin(ProxyLoop loop, Collection<ClientConnection> clients, Duration most) {
    Farewell farewell = new Farewell(loop, clients, most);
    farewell.step();
    return farewell;
  }

  /** A client whose connection was on its way already. */
  void add(ClientConnection client) {
    waiting.add(client);
    if (waiting.size() == 1) {
      loop.later(this::step, STEP.toNanos());
    }
  }

  private void step() {
    for (int i = 0; i < Math.max(1, perStep); i++) {
      @Nullable ClientConnection next = waiting.poll();
      if (next == null) {
        return;
      }
      next.ending().takeLeave();
    }
    if (!waiting.isEmpty()) {
      loop.later(this::step, STEP.toNanos());
    }
  }
}
