package io.fairlead.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that several threads share. */
final class InParallel {
  private InParallel() {}

  /** Something that may fail in any way. */
  interface Task<T> {
    void accept(T item) throws Exception;
  }

  /** Does {@code task} for every item and passes on the first failure. */
  static <T> void forEach(Iterable<T> items, int threads, Task<T> task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (T item : items) {
        all.add(
            executor.submit(
                () -> {
                  task.accept(item);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        await(each);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void await(Future<?> future) throws Exception {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
