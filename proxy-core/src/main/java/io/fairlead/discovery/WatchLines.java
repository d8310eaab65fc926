package io.fairlead.discovery;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The lines of a watch as they arrive, handed to another thread one by one. */
final class WatchLines implements Flow.Subscriber<String> {
  private final Executor executor;
  private final Consumer<String> onLine;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean isCancelled;

  WatchLines(Executor executor, Consumer<String> onLine) {
    this.executor = executor;
    this.onLine = onLine;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (isCancelled) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(String line) {
    executor.execute(
        () -> {
          Flow.Subscription present = subscription;
          if (!isCancelled && present != null) {
            onLine.accept(line);
            present.request(1);
          }
        });
  }

  @Override
  public void onError(Throwable cause) {
    // The future of the response tells.
  }

  @Override
  public void onComplete() {
    // likewise
  }

  /** Whether the server has begun to answer. */
  boolean isOpen() {
    return subscription != null;
  }

  /** Wants no more lines; the connection is closed. */
  void cancel() {
    isCancelled = true;
    Flow.Subscription present = subscription;
    if (present != null) {
      present.cancel();
    }
  }
}
