package io.fairlead.runtime;

import io.fairlead.frontend.MovingClient;
import io.fairlead.frontend.MovingClient.Destination;
import io.fairlead.loop.ProxyLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The clients of an event loop that are to go on on others, a few at a time. One that waits for a
 * reply is tried again for a while; then it stays.
 */
final class LoopMoves {
  private static final long STEP_NANOS = ProxyLoop.TICK_NANOS;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  /** So that a step takes no longer than a turn of a busy loop. */
  private static final int MOVES_PER_STEP = 32;

  private static final int LOOKS_PER_STEP = 512;

  private final ProxyLoop loop;
  private final Deque<Wanted> waiting = new ArrayDeque<>();

  /** A client that is to move until a time is over. */
  private record Wanted(MovingClient client, Destination to, long until) {}

  LoopMoves(ProxyLoop loop) {
    this.loop = loop;
  }

  /** Begins to move clients; on their loop. */
  void begin(List<MovingClient> clients, Destination to) {
    long until = loop.now() + PATIENCE_NANOS;
    boolean rests = waiting.isEmpty();
    clients.forEach(client -> waiting.add(new Wanted(client, to, until)));
    if (rests) {
      step();
    }
  }

  /** Whether there are clients that wait for their move. */
  boolean areUnderWay() {
    return !waiting.isEmpty();
  }

  private void step() {
    int moved = 0;
    for (int looks = Math.min(waiting.size(), LOOKS_PER_STEP); looks > 0; looks--) {
      Wanted next = waiting.removeFirst();
      if (next.client().go(next.to())) {
        moved++;
      } else if (!next.client().isGone() && next.until() - loop.now() > 0) {
        waiting.addLast(next);
      }
      if (moved == MOVES_PER_STEP) {
        break;
      }
    }
    if (!waiting.isEmpty()) {
      loop.later(this::step, STEP_NANOS);
    }
  }
}
