package io.fairlead.server.process;

import io.fairlead.server.command.UserError;
import io.fairlead.server.log.Logs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps something running until the process is told to stop, which then ends with status 0. */
public final class UntilStopped {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private UntilStopped() {}

  /** How the thing is started. */
  public interface Start<T> {
    T start() throws UserError;
  }

  /**
   * Starts it, tells {@code onStarted}, and returns never; SIGTERM and SIGINT call {@code stop},
   * and end the process at once while it does that.
   *
   * @throws UserError when it does not start
   */
  public static <T> void run(Start<T> start, Consumer<T> onStarted, Consumer<T> stop)
      throws UserError, InterruptedException {
    AtomicReference<@Nullable T> running = new AtomicReference<>();
    Thread hook = new Thread(() -> end(running.get(), stop), "stop");
    // Before the start: whoever sees the port open may send the signal at once.
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      T started = start.start();
      running.set(started);
      onStarted.accept(started);
    } catch (UserError | RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      throw e;
    }
    new CountDownLatch(1).await();
  }

  private static <T> void end(@Nullable T running, Consumer<T> stop) {
    // Java by itself would let a second signal wait for the end that the first one has begun.
    Signals.handle("TERM", UntilStopped::endAtOnce);
    Signals.handle("INT", UntilStopped::endAtOnce);
    if (running != null) {
      stop.accept(running);
    }
    halt();
  }

  private static void endAtOnce() {
    LOG.warn("told to stop once more: what is in flight is cut off");
    halt();
  }

  private static void halt() {
    Logs.flush();
    // Stopping as asked is a success; the virtual machine would report the signal instead.
    Runtime.getRuntime().halt(0);
  }
}
