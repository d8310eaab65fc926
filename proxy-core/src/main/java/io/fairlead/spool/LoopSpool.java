package io.fairlead.spool;

import io.fairlead.config.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The spool as one event loop sees it: nothing blocks, and answers come back on the loop. */
public final class LoopSpool {
  private final DeleteSpool spool;
  private final int loop;
  private final Executor executor;

  /** What the loop will be told next; of the spool's thread. */
  private List<Runnable> answers = new ArrayList<>();

  LoopSpool(DeleteSpool spool, int loop, Executor executor) {
    this.spool = spool;
    this.loop = loop;
    this.executor = executor;
  }

  /** What a server has still to be told, by the whole process. */
  public Backlog backlog(Address server) {
    return spool.backlog(server);
  }

  /**
   * Hands in a delete that has failed.
   *
   * @param key taken, not to be changed any more
   * @param receipt told on the loop, possibly before this call has returned
   */
  public void add(Address server, String pool, byte[] key, Receipt receipt) {
    SpooledDelete delete = new SpooledDelete(spool.millis(), server, pool, key);
    if (!spool.add(this, delete, receipt)) {
      receipt.onRefused();
    }
  }

  /** Reads the next deletes of a backlog; null when there are none or they cannot be read. */
  public void read(Backlog backlog, Consumer<@Nullable Batch> listener) {
    spool.submit(
        store -> {
          Batch batch = store.read(backlog);
          answer(() -> listener.accept(batch));
        });
  }

  /**
   * The server has answered to all of a batch; what comes next is read, as {@link #read} does.
   *
   * @param rejected of them with an error
   */
  public void done(Batch batch, int rejected, Consumer<@Nullable Batch> listener) {
    spool.submit(
        store -> {
          store.done(batch, rejected);
          Batch next = store.read(batch.backlog());
          answer(() -> listener.accept(next));
        });
  }

  int loop() {
    return loop;
  }

  /** Adds to what the loop will be told; on the spool's thread. */
  void answer(Runnable answer) {
    if (answers.isEmpty()) {
      spool.hasAnswers(this);
    }
    answers.add(answer);
  }

  /** Lets the loop be told; on the spool's thread. */
  void deliver() {
    List<Runnable> delivered = answers;
    answers = new ArrayList<>();
    try {
      executor.execute(() -> delivered.forEach(Runnable::run));
    } catch (RejectedExecutionException e) {
      // the loop has ended, and its clients with it
    }
  }
}
