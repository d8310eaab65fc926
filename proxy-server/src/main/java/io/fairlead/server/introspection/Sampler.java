package io.fairlead.server.introspection;

import io.fairlead.frontend.stats.ProcessUsage;
import io.fairlead.runtime.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes every second what event loops have to be asked for, on a thread of its own. */
final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
  private static final long SECONDS_BETWEEN_TOTALS = 5;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "fairlead-introspection");
            created.setDaemon(true);
            return created;
          });
  private volatile Sampled sampled =
      new Sampled(
          new Sample(List.of(), ProcessUsage.read()), new RateWindow(System.nanoTime(), Map.of()));
  private long turns;

  Sampled sampled() {
    return sampled;
  }

  /** Begins with a proxy that runs. */
  void follow(Proxy proxy) {
    sample(proxy);
    thread.scheduleAtFixedRate(() -> sample(proxy), 1, 1, TimeUnit.SECONDS);
  }

  /** Does something again and again, on the same thread. */
  void every(long millis, Runnable task) {
    thread.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void sample(Proxy proxy) {
    try {
      proxy.pools(); // brings what says how much waits up to date
      RateWindow window = sampled.window();
      if (turns++ % SECONDS_BETWEEN_TOTALS == 0) {
        window.add(System.nanoTime(), new Totals(proxy.stats()).all());
      }
      sampled = new Sampled(new Sample(proxy.servers(), ProcessUsage.read()), window);
    } catch (IllegalStateException | RejectedExecutionException e) {
      // The proxy is stopping; this ends soon, too.
      LOG.debug("no sample was taken", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
