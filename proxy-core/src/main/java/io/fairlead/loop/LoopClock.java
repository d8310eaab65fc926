package io.fairlead.loop;

import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What time it is for an event loop, and its one timer for all deadlines. */
final class LoopClock {
  /*
   * The clock is read once in a turn. The timer is set for the earliest deadline of all requests and set
   * again, when it rings, for the earliest that is left: as requests are answered long before their time,
   * it rings a few times a second however many there are, and nothing is cancelled.
   */
  /*
   * A timer that rings much too late says that the process stood still: the replies that came meanwhile
   * are in the sockets. They are read before anybody is said to have been too slow.
   */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long ANOTHER_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final SingleThreadEventLoop eventLoop;
  private final Ticker ticker;
  private final List<ProxyLoop.Ticking> listeners = new ArrayList<>();
  private final Runnable ring = this::ring;
  private long now;
  private boolean isRead;
  private long lastEnd;
  private @Nullable Future<?> timer;
  private long timerAt;
  private boolean wasLate;

  LoopClock(SingleThreadEventLoop eventLoop) {
    this.eventLoop = eventLoop;
    this.ticker = eventLoop.ticker();
  }

  /** The time of this turn. */
  long now() {
    if (!isRead) {
      now = ticker.nanoTime();
      isRead = true;
    }
    return now;
  }

  /** A turn is over: it will be later when the time is asked for again. */
  void turnEnded(LoopLoad load) {
    long end = ticker.nanoTime();
    long start = isRead ? now : end; // nobody asked in a turn that took no time to speak of
    load.turnEnded(end - start, start - lastEnd);
    lastEnd = end;
    isRead = false;
  }

  void add(ProxyLoop.Ticking listener) {
    listeners.add(listener);
  }

  void remove(ProxyLoop.Ticking listener) {
    listeners.remove(listener);
  }

  /** Sees to it that deadlines are looked at when {@code deadline} is over. */
  void watch(long deadline) {
    if (timer == null || deadline - timerAt < 0) {
      set(deadline);
    }
  }

  private void set(long at) {
    if (timer != null) {
      timer.cancel(false);
    }
    timerAt = at;
    timer = eventLoop.schedule(ring, Math.max(0, at - ticker.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private void ring() {
    timer = null;
    long time = ticker.nanoTime();
    boolean isLate = time - timerAt > LATE_NANOS && !wasLate;
    wasLate = isLate;
    if (isLate) {
      set(time + ANOTHER_TURN_NANOS);
      return;
    }
    long next = ProxyLoop.NEVER;
    for (int i = listeners.size() - 1; i >= 0; i--) { // one may take itself out
      next = Math.min(next, tick(listeners.get(i), time));
    }
    if (next != ProxyLoop.NEVER) {
      watch(time + Math.max(next, ProxyLoop.TICK_NANOS));
    }
  }

  private long tick(ProxyLoop.Ticking listener, long time) {
    try {
      return listener.onTick(time);
    } catch (Throwable e) {
      Faults.log("went on checking deadlines", e);
      return ProxyLoop.TICK_NANOS;
    }
  }
}
