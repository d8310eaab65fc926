package io.fairlead.server.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Visits to servers, many at the same time: one that does not answer makes no other one wait. */
public final class AtOnce {
  private static final int MOST = 32;

  private AtOnce() {}

  /** What each visit has brought, in their order; nothing when the thread is interrupted. */
  public static <T> List<T> all(List<? extends Callable<T>> visits) {
    ExecutorService threads = Executors.newFixedThreadPool(MOST);
    try {
      List<T> done = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(visits)) {
        done.add(each.get());
      }
      return done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
