package io.fairlead.discovery;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks again and again: after the time for which an answer is true, and after a failure first soon
 * and then more rarely. Each pause is made shorter at random, so that proxies that were started
 * together do not ask together: a little, and after a failure by up to a half, as all of them have
 * seen it at the same moment.
 */
final class Polling implements AutoCloseable {
  private static final int JITTER_PART = 10;
  private static final int JITTER_PART_OF_FAILURES = 2;

  private final EventLoop loop;
  private final Runnable question;
  private final Duration firstPause;
  private final Duration longestPause;
  private Duration pause;
  private @Nullable ScheduledFuture<?> next;
  private boolean closed;

  /**
   * @param firstPause after a first failure; it doubles with each more
   * @param longestPause between failures
   */
  Polling(EventLoop loop, Runnable question, Duration firstPause, Duration longestPause) {
    this.loop = loop;
    this.question = question;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
    this.pause = firstPause;
  }

  /** There was an answer; the next question comes after {@code time}. */
  void succeeded(Duration time) {
    recovered();
    askAfter(time, JITTER_PART);
  }

  /** All is well without a further question: the next failure is a first one. */
  void recovered() {
    pause = firstPause;
  }

  /** The next question comes after a pause. */
  void failed() {
    askAfter(pause, JITTER_PART_OF_FAILURES);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
  }

  private void askAfter(Duration time, int jitterPart) {
    if (closed) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    long nanos = time.toNanos();
    long jitter = ThreadLocalRandom.current().nextLong(nanos / jitterPart + 1);
    next = loop.schedule(question, nanos - jitter, TimeUnit.NANOSECONDS);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
  }
}
