package io.fairlead.loop;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.SingleThreadEventLoop;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one event loop share: when they send, what time it is, how much memory
 * they hold.
 *
 * <p>A <em>turn</em> is one pass of the event loop over everything that became readable.
 *
 * <pre>
 *   read, parse, route, append ... for each ready connection
 *   end of the turn:  connections that can go on   (resumed)
 *                     every connection with output (one send each)
 *                     a busy loop rests once
 * </pre>
 */
public final class ProxyLoop {
  /*
   * Why all sends wait for the end of the turn: requests of all clients to one server leave together,
   * and so do the replies of all servers to one client. A send costs the kernel far more than anything
   * this program does with the bytes.
   *
   * Why a busy loop rests: with many requests in flight, more input is certain to come within
   * microseconds, and sleeping once (about 70 us with the usual timer slack) finds it in one batch. It
   * must never happen with few requests in flight, where it would only add latency; requests in flight
   * alone do not tell (a distant server keeps them in flight for long), hence the second condition.
   */
  private static final int REST_ABOVE_IN_FLIGHT = 8;
  private static final int REST_ABOVE_INPUTS = 4;
  private static final long REST_NANOS = 1000;

  /** How often deadlines are checked while some are overdue, and so how late an answer may be. */
  public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** There is no deadline. */
  public static final long NEVER = Long.MAX_VALUE;

  private final SingleThreadEventLoop eventLoop;
  private final LoopStats stats = new LoopStats();
  private final OutputBuffers outputs;
  private final ReceiveBuffers receives;
  private final boolean rest;
  private final Runnable turnEnd = this::endTurn;
  private final Runnable anotherTurn = this::scheduleTurnEnd;
  private final LoopClock clock;
  private final LoopLoad load;

  private Connection[] dirty = new Connection[64];
  private int dirtyCount;
  private Connection[] resuming = new Connection[16];
  private int resumingCount;
  private int resumed;
  private boolean turnEndScheduled;
  private @Nullable ByteBuf receiving;
  private int inputs;

  /** Something that has deadlines. */
  public interface Ticking {
    /** Looks at them; returns the time until the next one, or {@link #NEVER}. */
    long onTick(long nowNanos);
  }

  public ProxyLoop(
      SingleThreadEventLoop eventLoop, ByteBufAllocator allocator, boolean rest, long memoryLimit) {
    this.eventLoop = eventLoop;
    this.outputs = new OutputBuffers(allocator);
    this.rest = rest;
    this.load = new LoopLoad(stats, memoryLimit, this::scheduleTurnEnd);
    this.receives = new ReceiveBuffers(allocator, memoryLimit);
    this.clock = new LoopClock(eventLoop);
  }

  public SingleThreadEventLoop eventLoop() {
    return eventLoop;
  }

  public LoopStats stats() {
    return stats;
  }

  public OutputBuffers outputs() {
    return outputs;
  }

  ReceiveBuffers receives() {
    return receives;
  }

  /** The time of this turn. */
  public long now() {
    scheduleTurnEnd(); // after which it is another time
    return clock.now();
  }

  /** Asks for the deadlines of {@code listener} to be looked at, from now on. */
  public void addTicking(Ticking listener) {
    clock.add(listener);
  }

  public void removeTicking(Ticking listener) {
    clock.remove(listener);
  }

  /** Sees to it that deadlines are looked at when {@code deadline} is over. */
  public void watch(long deadline) {
    clock.watch(deadline);
  }

  /** Runs a task of the cold path on this loop after a delay. */
  public void later(Runnable task, long delayNanos) {
    eventLoop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a request that waits for a server. */
  public void requestBegan() {
    load.began();
  }

  /** Counts a request that waits no longer. */
  public void requestEnded() {
    load.ended();
    scheduleTurnEnd();
  }

  /**
   * Whether slices of a buffer may be kept: of the loop's receive buffer, whose content stays as it
   * is while a slice of it is in use. The tail of a connection is compacted in place. No slice is
   * kept while memory is short or much is lent, as even a small one keeps all of the buffer.
   */
  @SuppressWarnings("ReferenceEquality") // the same buffer is meant, not the same content
  boolean lends(ByteBuf buffer) {
    return buffer == receiving && receives.mayLend() && !load.isShortOfMemory();
  }

  void receiving(@Nullable ByteBuf buffer) {
    receiving = buffer;
    if (buffer != null) {
      inputs++;
    }
  }

  void addDirty(Connection connection) {
    if (dirtyCount == dirty.length) {
      dirty = Arrays.copyOf(dirty, dirtyCount * 2);
    }
    dirty[dirtyCount++] = connection;
    scheduleTurnEnd();
  }

  void addResuming(Connection connection) {
    if (resumingCount == resuming.length) {
      resuming = Arrays.copyOf(resuming, resumingCount * 2);
    }
    resuming[resumingCount++] = connection;
    scheduleTurnEnd();
  }

  private void scheduleTurnEnd() {
    if (!turnEndScheduled) {
      turnEndScheduled = true;
      eventLoop.executeAfterEventLoopIteration(turnEnd);
    }
  }

  private void endTurn() {
    // A resumed connection may make others dirty, and so may a flush that closes its connection.
    int flushed = 0;
    while (true) {
      Connection next = nextToResume();
      if (next != null) {
        resume(next);
      } else if (flushed < dirtyCount) {
        flush(dirty[flushed++]);
      } else {
        break;
      }
    }
    if (flushed > 0) {
      stats.count(Counter.TURNS);
    }
    Arrays.fill(resuming, 0, resumingCount, null);
    Arrays.fill(dirty, 0, dirtyCount, null);
    resumed = 0;
    resumingCount = 0;
    dirtyCount = 0;
    turnEndScheduled = false;
    receives.turnEnded();
    clock.turnEnded(load);
    if (load.isAwaited() && !load.isHigh()) {
      eventLoop.execute(anotherTurn);
    }
    stats.set(Counter.IN_FLIGHT, load.inFlight());
    restWhenBusy();
  }

  private @Nullable Connection nextToResume() {
    return resumed < resumingCount ? resuming[resumed++] : load.next();
  }

  /** A fault of the proxy, or too little memory, costs one connection and not all the others. */
  private static void resume(Connection connection) {
    try {
      connection.resumeNow();
    } catch (Throwable e) {
      onFault(connection, e);
    }
  }

  private static void flush(Connection connection) {
    try {
      connection.flushNow();
    } catch (Throwable e) {
      onFault(connection, e);
    }
  }

  private static void onFault(Connection connection, Throwable cause) {
    Faults.log("closed a connection", cause);
    try {
      connection.close();
    } catch (Throwable e) { // without which the turn would never end, and nothing be sent any more
      Faults.log("gave up a connection", e);
    }
  }

  private void restWhenBusy() {
    boolean busy = load.inFlight() > REST_ABOVE_IN_FLIGHT && inputs > REST_ABOVE_INPUTS;
    inputs = 0;
    if (busy && rest) {
      stats.count(Counter.RESTS);
      LockSupport.parkNanos(REST_NANOS);
    }
  }

  /** Lets the loop keep so many bytes of requests and replies from now on. */
  public void limitMemory(long bytes) {
    load.limit(bytes);
    receives.limit(bytes);
    scheduleTurnEnd(); // after which those that wait for room may go on
  }

  /** How much the loop has taken on. */
  public LoopLoad load() {
    return load;
  }

  /** Releases the loop's own buffers; nothing may use the loop afterwards. */
  public void release() {
    outputs.release();
    receives.release();
  }
}
