package io.fairlead.server.bench;

import io.fairlead.testkit.load.AlarmClock;
import io.fairlead.testkit.load.PoissonTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Sends to one target at a time and reads what it answers, on the thread that calls.
 *
 * <p>An {@link AlarmClock} wakes the selector when a request is due, as the time-outs of a selector
 * are whole milliseconds, and a loop that polled would take a core away from what is measured.
 */
final class LoadLoop implements AutoCloseable {
  private static final int READ_BYTES = 256 << 10;
  private static final long SELECT_MILLIS = 50;
  private static final long LAST_REPLIES_NANOS = 5_000_000_000L;

  private final Selector selector = Selector.open();
  private final AlarmClock alarm = new AlarmClock(selector);
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private final Consumer<SelectionKey> onReady = this::onReady;

  /** What is told now and then how a phase goes on. */
  interface Watch {
    void onShare(double share);
  }

  LoadLoop() throws IOException {
    alarm.start();
  }

  Selector selector() {
    return selector;
  }

  /** Sends requests when they are due, for so long; whoever is late is late. */
  void sendWhenDue(
      LoadTarget target, RequestSource source, double rate, long nanos, long seed, Watch watch)
      throws IOException {
    PoissonTimes times = new PoissonTimes(rate, seed);
    long start = System.nanoTime();
    alarm.set(new PoissonTimes(rate, seed), start);
    long next = times.nextLong();
    long now = 0;
    while (now < nanos) {
      while (next <= now && target.add(source, start + next)) {
        next = times.nextLong();
      }
      turn(target);
      watch.onShare((double) now / nanos);
      now = System.nanoTime() - start;
    }
    alarm.stop();
    for (; next < nanos; next = times.nextLong()) {
      if (!target.add(source, start + next)) {
        target.tally().onUnsent(nanos - next);
      }
    }
    awaitReplies(target);
  }

  /** Sends as much as is answered, for so long. */
  void sendAll(LoadTarget target, RequestSource source, long nanos, Watch watch)
      throws IOException {
    long start = System.nanoTime();
    for (long now = 0; now < nanos; now = System.nanoTime() - start) {
      target.fill(source);
      turn(target);
      watch.onShare((double) now / nanos);
    }
    awaitReplies(target);
  }

  /** Sends every key once; ends early when the target answers nothing any more. */
  void fill(LoadTarget target, RequestSource.Fill source, Watch watch) throws IOException {
    long answeredAt = System.nanoTime();
    long replies = target.tally().replies();
    while (source.hasNext() && System.nanoTime() - answeredAt < LAST_REPLIES_NANOS) {
      target.fill(source);
      turn(target);
      watch.onShare(source.share());
      if (target.tally().replies() != replies) {
        replies = target.tally().replies();
        answeredAt = System.nanoTime();
      }
    }
    awaitReplies(target);
  }

  private void awaitReplies(LoadTarget target) throws IOException {
    long end = System.nanoTime() + LAST_REPLIES_NANOS;
    while (target.pending() > 0 && System.nanoTime() - end < 0) {
      turn(target);
    }
    target.abandon();
  }

  private void turn(LoadTarget target) throws IOException {
    target.flush();
    selector.select(onReady, SELECT_MILLIS);
  }

  private void onReady(SelectionKey key) {
    if (key.isValid() && key.isReadable()) {
      ((BenchConnection) key.attachment()).read(in);
    }
  }

  @Override
  public void close() throws IOException {
    alarm.close();
    selector.close();
  }
}
