package io.fairlead.benchmarks.load;

import io.fairlead.testkit.load.AlarmClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that loads one target at a time, over a selector, and allocates nothing per request.
 *
 * <p>Every field but {@code order} belongs to that thread; others come in through {@link #ask}.
 */
final class LoadLoop implements AutoCloseable {
  private static final int READ_BYTES = 256 << 10;
  private static final long ANSWER_SECONDS = 30;
  private static final long CLOSE_MILLIS = 1_000;

  private final Selector selector = Selector.open();
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private final Consumer<SelectionKey> onReady = this::onReady;
  private final AlarmClock alarm = new AlarmClock(selector);
  private final Thread thread = new Thread(this::run, "load-loop");
  private final Tally tally;
  private volatile @Nullable FutureTask<?> order;
  private volatile boolean isClosed;

  private @Nullable Target target;
  private @Nullable Workload workload;
  private int pipelined;
  private @Nullable Arrivals arrivals;
  private int nextArrival;
  private long startNanos;

  LoadLoop(Tally tally) throws IOException {
    this.tally = tally;
    thread.setDaemon(true);
  }

  Selector selector() {
    return selector;
  }

  Thread thread() {
    return thread;
  }

  void start() {
    thread.start();
    alarm.start();
  }

  /** Has {@code task} done by the loop between two events, and returns what it answers. */
  <T> T ask(Callable<T> task) throws InterruptedException, IOException {
    FutureTask<T> asked = new FutureTask<>(task);
    order = asked;
    selector.wakeup();
    try {
      return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the load loop failed", e);
    }
  }

  /** On the loop: every connection sends so many requests, and again when all are answered. */
  void beginClosed(Target next, Workload requests, int together) {
    target = next;
    workload = requests;
    pipelined = together;
    arrivals = null;
    next.sendOnAll(requests, together);
  }

  /** On the loop: requests are sent when they are due, whether others are answered or not. */
  void beginOpen(Target next, Workload requests, Arrivals due) {
    target = next;
    workload = requests;
    arrivals = due;
    nextArrival = 0;
    startNanos = System.nanoTime();
    alarm.set(due.dues(), startNanos);
  }

  /** On the loop: sends nothing more; replies still come in. */
  void end() {
    workload = null;
    alarm.stop();
  }

  /** Stops the loop; its connections may be closed afterwards. */
  @Override
  public void close() throws IOException {
    isClosed = true;
    alarm.close();
    selector.wakeup();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }

  private void run() {
    try {
      while (!isClosed) {
        selector.select(onReady);
        FutureTask<?> task = order;
        if (task != null) {
          order = null;
          task.run();
        }
        if (arrivals != null && workload != null && target != null) {
          sendDue(arrivals, workload, target);
        }
      }
    } catch (IOException e) {
      System.err.println("the load loop ended: " + e);
    }
  }

  private void onReady(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    if (key.isWritable()) {
      connection.flush();
    }
    if (!key.isValid() || !key.isReadable()) {
      return;
    }
    boolean isAnswered = connection.read(in);
    if (isAnswered && workload != null && arrivals == null) {
      connection.send(workload, pipelined, System.nanoTime());
    }
  }

  private void sendDue(Arrivals due, Workload requests, Target to) {
    while (nextArrival < due.count()) {
      long dueNanos = startNanos + due.dueNanos(nextArrival);
      long now = System.nanoTime();
      if (dueNanos - now > 0 || !to.sendOnNext(requests, dueNanos)) {
        return;
      }
      tally.onSent(dueNanos, now);
      nextArrival++;
    }
  }
}
