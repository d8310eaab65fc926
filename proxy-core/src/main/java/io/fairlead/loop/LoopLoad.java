package io.fairlead.loop;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much work and memory one event loop has taken on, and what must wait for it.
 *
 * <pre>
 *   requests in flight   at the limit: clients that wait for a reply are not read from
 *   bytes kept      above 3/4: a client may leave little unread
 *                  above 85 %: clients that wait for a reply are not read from
 *                  above 95 %: new clients are refused
 * </pre>
 */
public final class LoopLoad {
  /*
   * Why requests in flight are bounded: clients that send faster than the loop can work would
   * otherwise fill it with requests which time out before their replies are looked at, and servers
   * that are well would be ejected for it. What a client has sent beyond the bound waits in its
   * socket, which slows the client down and costs nothing.
   *
   * Why the bound moves: how many are too many depends on how fast the loop is, and after the start
   * it is twenty times slower than a second later. Long turns make it smaller, and so do replies that
   * are read late by a loop that never waits: large values. It grows when it is
   * reached in short turns, so that a distant server, for which many requests must be under way,
   * does not slow the loop down.
   */

  /** Below that, a long turn is not for the number of requests. */
  static final int LEAST_WINDOW = 1 << 6;

  static final int FIRST_WINDOW = 1 << 7;

  /** Below what may be in flight on one server, so that clients are held back and not refused. */
  static final int MOST_WINDOW = 1 << 13;

  private static final long LONG_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SHORT_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** What a request in flight and its reply are taken to need. */
  private static final int REQUEST_BYTES = 4 << 10;

  /** The part, of 2 to this power, by which the window grows in a turn. */
  private static final int GROWTH_SHIFT = 3;

  /** The part, of 2 to this power, by which it shrinks when replies are read late. */
  private static final int SHRINKING_SHIFT = 2;

  /** A loop that waits for less than this part of its turns has all the work it can do. */
  private static final int IDLE_PART = 4;

  private final LoopStats stats;
  private final Runnable onAwaited;
  private int mostWindow;
  private long littleAbove;
  private long holdAbove;
  private long refuseAbove;
  private final Set<Connection> waiting = new LinkedHashSet<>();

  private int inFlight;
  private int window;
  private int taken;
  private boolean wasFull;
  private boolean wasLate;
  private long buffered;

  /**
   * @param onAwaited has the turn come to its end, at which those that wait are looked at
   */
  LoopLoad(LoopStats stats, long memoryLimit, Runnable onAwaited) {
    this.stats = stats;
    this.onAwaited = onAwaited;
    this.window = FIRST_WINDOW;
    limit(memoryLimit);
  }

  /** So many bytes may be kept from now on; those that are kept beyond them are waited for. */
  final void limit(long memoryLimit) {
    mostWindow = (int) Math.max(LEAST_WINDOW, Math.min(MOST_WINDOW, memoryLimit / REQUEST_BYTES));
    window = Math.min(window, mostWindow);
    littleAbove = memoryLimit / 4 * 3;
    holdAbove = memoryLimit / 100 * 85;
    refuseAbove = memoryLimit / 100 * 95;
  }

  void began() {
    inFlight++;
  }

  void ended() {
    inFlight--;
    assert inFlight >= 0;
  }

  int inFlight() {
    return inFlight;
  }

  /** Changes the account of bytes that are kept. */
  public void account(long difference) {
    buffered += difference;
    stats.add(Counter.BUFFERED_BYTES, difference);
    if (difference < 0 && !waiting.isEmpty() && !isShortOfMemory()) {
      onAwaited.run();
    }
  }

  /** Whether so many requests are in flight that none is begun for a client that waits for one. */
  public boolean isFull() {
    if (inFlight < window) {
      return false;
    }
    wasFull = true;
    return true;
  }

  /** Takes a request, whatever becomes of it; false when it must be the last one of this turn. */
  public boolean take() {
    if (++taken < window) {
      return true;
    }
    wasFull = true;
    return false;
  }

  /** Whether so much is kept that a client may leave little unread. */
  public boolean isShortOfMemory() {
    return buffered > littleAbove;
  }

  /** What {@link Counter#OVERLOAD} says. */
  private int overload() {
    if (!isShortOfMemory()) {
      return 0;
    }
    if (!isNearlyFull()) {
      return 1;
    }
    return refusesClients() ? 3 : 2;
  }

  /** Whether so much is kept that no further request is taken from who waits for one. */
  public boolean isNearlyFull() {
    return buffered > holdAbove;
  }

  /** Whether so much is kept that new clients are refused. */
  public boolean refusesClients() {
    return buffered > refuseAbove;
  }

  /** Whether a client that is held back for the load must go on waiting. */
  public boolean isHigh() {
    return isFull() || taken >= window || isShortOfMemory();
  }

  /** A server's reply was read when a good part of the time for it was over. */
  public void answeredLate() {
    wasLate = true;
  }

  /**
   * The loop has worked for so long without looking for what has come meanwhile.
   *
   * @param idle how long it had waited for work before
   */
  void turnEnded(long nanos, long idle) {
    stats.add(Counter.BUSY_NANOS, nanos);
    stats.set(Counter.OVERLOAD, overload());
    // Where the loop waits for work, it is the servers or the way to them that take their time.
    boolean isTooMuch = wasLate && idle < nanos / IDLE_PART;
    if (nanos > LONG_TURN_NANOS) {
      window = Math.max(LEAST_WINDOW, Math.min(window, inFlight) / 2);
    } else if (isTooMuch && inFlight <= window) { // else the last step has yet to take effect
      window = Math.max(LEAST_WINDOW, window - (window >> SHRINKING_SHIFT));
    } else if (wasFull && !isTooMuch && nanos < SHORT_TURN_NANOS) {
      window = Math.min(mostWindow, window + (window >> GROWTH_SHIFT));
    }
    wasFull = false;
    wasLate = false;
    taken = 0;
  }

  /** Whether there are connections that wait for the load to go down, or for the next turn. */
  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /** How many requests may be in flight as things are. */
  int window() {
    return window;
  }

  /** Asks for {@code connection} to be resumed when its turn comes and the load allows it. */
  public void await(Connection connection) {
    waiting.add(connection);
    onAwaited.run(); // as nothing else may have happened in this turn
  }

  /** The one that has waited longest; null when none may go on now. */
  @Nullable Connection next() {
    if (waiting.isEmpty() || isHigh()) {
      return null;
    }
    var first = waiting.iterator();
    Connection connection = first.next();
    first.remove();
    return connection;
  }
}
