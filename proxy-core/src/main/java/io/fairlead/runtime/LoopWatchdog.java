package io.fairlead.runtime;

import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices event loops that do not come to the end of a turn: their clients are not served, and will
 * not be by waiting.
 */
final class LoopWatchdog implements AutoCloseable {
  /*
   * A thread of its own gives each loop an empty task about once a second. While a task waits, the loop
   * has not ended the turn that it was in; requests pay nothing for that. When the whole process stood
   * still the watchdog is late itself, and the loops are not blamed for the time.
   */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LoopWatchdog.class);
  private static final int CHECKS_IN_LIMIT = 10;
  private static final int MOST_FRAMES = 40;

  private final LongSupplier clock;
  private final long limitNanos;
  private final long periodNanos;
  private final List<Pulse> pulses = new CopyOnWriteArrayList<>();
  private long lastCheck;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          new DefaultThreadFactory("fairlead-watchdog", true));

  /**
   * @param loops event loops, each with a thread of its own
   * @param limit for how long a turn may last
   * @param clock in nanoseconds, which does not jump
   */
  LoopWatchdog(Iterable<? extends EventExecutor> loops, Duration limit, LongSupplier clock) {
    this.clock = clock;
    this.limitNanos = limit.toNanos();
    this.periodNanos = limitNanos / CHECKS_IN_LIMIT;
    this.lastCheck = clock.getAsLong();
    loops.forEach(this::watch);
  }

  /** Looks at one more. */
  final void watch(EventExecutor loop) {
    pulses.add(new Pulse((SingleThreadEventLoop) loop));
  }

  /** Looks at the loops until it is closed. */
  static LoopWatchdog start(Iterable<? extends EventExecutor> loops) {
    return start(loops, LIMIT);
  }

  static LoopWatchdog start(Iterable<? extends EventExecutor> loops, Duration limit) {
    LoopWatchdog watchdog = new LoopWatchdog(loops, limit, System::nanoTime);
    long period = watchdog.periodNanos;
    watchdog.thread.scheduleWithFixedDelay(
        () -> watchdog.check(System.nanoTime()), period, period, TimeUnit.NANOSECONDS);
    return watchdog;
  }

  /** What is wrong, a sentence for each loop that is stuck; from any thread. */
  List<String> problems() {
    return pulses.stream().map(pulse -> pulse.problem).filter(Objects::nonNull).toList();
  }

  /** How long each loop took to come to what it was given last, or has not come to it yet. */
  List<Duration> lags() {
    long now = clock.getAsLong();
    return pulses.stream().map(pulse -> pulse.lag(now)).toList();
  }

  void check(long now) {
    long late = now - lastCheck - 2 * periodNanos;
    lastCheck = now;
    for (Pulse pulse : pulses) {
      pulse.check(now, Math.max(0, late));
    }
  }

  /** Looks at nothing any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Whether one loop turns. What others than the watchdog's thread write or read is volatile. */
  private final class Pulse {
    private final SingleThreadEventLoop loop;
    private volatile boolean hasAnswered = true;
    private volatile @Nullable String problem;
    private volatile long askedAt;
    private volatile long lagNanos;

    Pulse(SingleThreadEventLoop loop) {
      this.loop = loop;
    }

    void check(long now, long excusedNanos) {
      long asked = askedAt; // which no other thread writes
      askedAt = asked + excusedNanos;
      if (hasAnswered) {
        recover(now);
        ask(now);
      } else if (now - askedAt > limitNanos) {
        blame(TimeUnit.NANOSECONDS.toSeconds(now - askedAt));
      }
    }

    private void ask(long now) {
      if (loop.isShuttingDown()) {
        return;
      }
      askedAt = now;
      hasAnswered = false;
      try {
        loop.execute(this::answer);
      } catch (RejectedExecutionException e) {
        hasAnswered = true; // it has ended just now
      }
    }

    private void answer() {
      lagNanos = Math.max(0, clock.getAsLong() - askedAt);
      hasAnswered = true;
    }

    Duration lag(long now) {
      return Duration.ofNanos(hasAnswered ? lagNanos : Math.max(lagNanos, now - askedAt));
    }

    private void recover(long now) {
      if (problem != null) {
        problem = null;
        LOG.atInfo()
            .addKeyValue("loop", loop.threadProperties().name())
            .addKeyValue("seconds", TimeUnit.NANOSECONDS.toSeconds(now - askedAt))
            .log("an event loop turns again");
      }
    }

    private void blame(long seconds) {
      String name = loop.threadProperties().name();
      if (problem == null) {
        LOG.atError()
            .addKeyValue("loop", name)
            .addKeyValue("seconds", seconds)
            .addKeyValue("stack", stack())
            .log("an event loop does not end its turn, its clients are not served");
      }
      problem = "event loop " + name + " has not ended a turn for " + seconds + " s";
    }

    private String stack() {
      return Arrays.stream(loop.threadProperties().stackTrace())
          .limit(MOST_FRAMES)
          .map(StackTraceElement::toString)
          .collect(Collectors.joining(" < "));
    }
  }
}
