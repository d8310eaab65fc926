package io.fairlead.runtime;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorChooserFactory.EventExecutorChooser;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** Gives a new client to the least busy of the event loops that take clients. */
final class LeastBusy implements EventExecutorChooser {
  /** What a client is taken to need at least: then clients that do nothing yet are spread, too. */
  private static final double LEAST_SHARE = 1e-3;

  private volatile @Nullable Choice choice;

  /** What is known of the loops, and the clients that were given to each since. */
  private static final class Choice {
    private final List<? extends EventExecutor> loops;
    private final double[] busy;
    private final double perClient;
    private final AtomicIntegerArray came;

    /**
     * @param perClient the part of a loop's time that a client takes
     */
    Choice(List<? extends EventExecutor> loops, double[] busy, double perClient) {
      this.loops = loops;
      this.busy = busy.clone();
      this.perClient = perClient;
      this.came = new AtomicIntegerArray(busy.length);
    }

    EventExecutor next() {
      int least = 0;
      for (int i = 1; i < busy.length; i++) {
        least = expected(i) < expected(least) ? i : least;
      }
      came.incrementAndGet(least);
      return loops.get(least);
    }

    private double expected(int loop) {
      return busy[loop] + came.get(loop) * perClient;
    }
  }

  /**
   * Says how busy those loops are that take clients.
   *
   * @param clients how many they have
   */
  void know(List<? extends EventExecutor> loops, double[] busy, long clients) {
    double sum = 0;
    for (double share : busy) {
      sum += share;
    }
    double perClient = Math.max(LEAST_SHARE, sum / Math.max(1, clients));
    choice = new Choice(loops, busy, perClient);
  }

  @Override
  public EventExecutor next() {
    Choice present = choice;
    if (present == null) {
      throw new IllegalStateException("no event loop takes clients yet");
    }
    return present.next();
  }
}
