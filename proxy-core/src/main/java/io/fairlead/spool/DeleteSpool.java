package io.fairlead.spool;

import io.fairlead.config.Address;
import io.fairlead.config.SpoolSettings;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The spool of a process, and its thread. */
public final class DeleteSpool implements AutoCloseable {
  /*
   * Everything that touches a file is done by one thread, one turn after the other: take what has been
   * handed in since the last turn, write it, force it to the disk once for all if the policy says so,
   * then tell the loops. So deletes that come faster than the disk can force them share one fsync.
   *
   * At most so many deletes wait for the thread; more are refused at once.
   */
  private static final Logger LOG = LoggerFactory.getLogger(DeleteSpool.class);

  private static final int MOST_WAITING = 1 << 16;
  private static final long TICK_MILLIS = 100;

  private final InstantSource clock;
  private final SpoolStats stats = new SpoolStats();
  private final SpoolStore store;
  private final LinkedBlockingQueue<Consumer<SpoolStore>> tasks = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private final List<LoopSpool> withAnswers = new ArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "fairlead-spool");
  private volatile boolean closed;

  private DeleteSpool(SpoolSettings settings, InstantSource clock) {
    this.clock = clock;
    store = new SpoolStore(settings, clock, ZoneId.systemDefault(), stats);
    thread.setDaemon(true);
  }

  /**
   * Starts one, and returns when it knows what has been left in its directory. A directory that
   * cannot be used is tried again and again; until then no delete is taken.
   */
  public static DeleteSpool start(SpoolSettings settings) {
    return start(settings, SteadyClock.ofThisMachine());
  }

  static DeleteSpool start(SpoolSettings settings, InstantSource clock) {
    return new DeleteSpool(settings, clock).started();
  }

  private DeleteSpool started() {
    thread.start();
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the spool was opened", e);
    }
    return this;
  }

  /**
   * Starts one beside the process before this one, which may have the directory until {@link
   * #openNow}: nothing to warn of before.
   */
  public static DeleteSpool startBeside(SpoolSettings settings) {
    DeleteSpool spool = new DeleteSpool(settings, SteadyClock.ofThisMachine());
    spool.store.waits(true);
    return spool.started();
  }

  /** The spool as an event loop sees it. */
  public LoopSpool forLoop(int loop, Executor executor) {
    return new LoopSpool(this, loop, executor);
  }

  /** What it counts; from any thread. */
  public SpoolStats stats() {
    return stats;
  }

  Backlog backlog(Address server) {
    return store.backlog(server);
  }

  long millis() {
    return clock.millis();
  }

  /** Hands in a delete; false when too many wait, or no more are taken. */
  synchronized boolean add(LoopSpool loop, SpooledDelete delete, Receipt receipt) {
    if (closed || waiting.get() >= MOST_WAITING) {
      busy.incrementAndGet();
      return false;
    }
    waiting.incrementAndGet();
    submit(
        s -> {
          waiting.decrementAndGet();
          s.stage(loop.loop(), delete, new OnLoop(loop, receipt));
        });
    return true;
  }

  void submit(Consumer<SpoolStore> task) {
    tasks.add(task);
  }

  void hasAnswers(LoopSpool loop) {
    withAnswers.add(loop);
  }

  private void run() {
    store.tick();
    started.countDown();
    long next = System.nanoTime();
    List<Consumer<SpoolStore>> taken = new ArrayList<>();
    while (!closed || !tasks.isEmpty()) {
      takeInto(taken);
      taken.forEach(this::perform);
      taken.clear();
      perform(SpoolStore::flush);
      if (System.nanoTime() - next >= 0) {
        perform(this::tick);
        next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
      }
      withAnswers.forEach(LoopSpool::deliver);
      withAnswers.clear();
    }
    store.close();
  }

  private void takeInto(List<Consumer<SpoolStore>> taken) {
    try {
      @Nullable Consumer<SpoolStore> first = tasks.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        taken.add(first);
        tasks.drainTo(taken);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** A fault of one task must not end the thread. */
  private void perform(Consumer<SpoolStore> task) {
    try {
      task.accept(store);
    } catch (RuntimeException e) {
      LOG.error("a fault in the spool of deletes", e);
    }
  }

  private void tick(SpoolStore opened) {
    int refused = busy.getAndSet(0);
    if (refused > 0) {
      stats.add(SpoolCounter.REFUSED_BUSY, refused);
      LOG.atWarn()
          .addKeyValue("deletes", refused)
          .log("failed deletes were not spooled, as too many wait");
    }
    opened.tick();
  }

  /** The process before this one has let go of the directory: takes it at once. */
  public void openNow() {
    submit(
        s -> {
          s.waits(false);
          s.tick();
        });
  }

  /**
   * Writes what has been handed in, lets go of the directory, and ends the thread. Deletes that
   * come later are refused.
   */
  @Override
  public void close() {
    end();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever has handed in a delete before is answered: it is in the queue, which is emptied. */
  private synchronized void end() {
    closed = true;
    submit(s -> {});
  }

  /** Passes on what became of a delete, on the thread of its loop. */
  private record OnLoop(LoopSpool loop, Receipt receipt) implements Receipt {
    @Override
    public void onSpooled() {
      loop.answer(receipt::onSpooled);
    }

    @Override
    public void onRefused() {
      loop.answer(receipt::onRefused);
    }
  }
}
