package io.fairlead.server.introspection;

import io.fairlead.frontend.Introspection;
import io.fairlead.runtime.Introspections;
import io.fairlead.runtime.LoopView;
import io.fairlead.runtime.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a proxy tells about itself to those who ask as they would ask mcrouter.
 *
 * <p>Made before the proxy, which is handed over by {@link #follow} when it runs; whoever loads
 * another configuration says so here.
 */
public final class McrouterIntrospection implements Introspections, AutoCloseable {
  private final RouterFacts router;
  private final Verbosity verbosity;
  private final AtomicReference<ConfigHistory> config;
  private final Sampler sampler = new Sampler();
  private final StatsAnswers stats;

  public McrouterIntrospection(RouterFacts router, ConfigFacts first, Verbosity verbosity) {
    this.router = router;
    this.verbosity = verbosity;
    this.config = new AtomicReference<>(ConfigHistory.beginning(first));
    this.stats = new StatsAnswers(router, new GeneralStats(router), config::get, sampler::sampled);
  }

  /** Another configuration is in use. */
  public void onLoaded(ConfigFacts next) {
    config.updateAndGet(before -> before.loaded(next));
  }

  /** Another configuration could not be loaded. */
  public void onLoadFailed() {
    Instant now = Instant.now();
    config.updateAndGet(before -> before.failed(now));
  }

  @Override
  public Introspection on(LoopView view) {
    KeyAnswers keys = new KeyAnswers(view, router, config::get, verbosity);
    return new Introspection() {
      @Override
      public byte[] value(String key) {
        return keys.value(key);
      }

      @Override
      public byte[] stats(String arguments) {
        return stats.reply(arguments, () -> Readings.of(view));
      }
    };
  }

  /** Begins to watch a proxy that runs. */
  public void follow(Proxy proxy) {
    sampler.follow(proxy);
  }

  /** Writes files of statistics into a folder, at once and then again and again. */
  public void writeFiles(Path folder, Duration interval, Proxy proxy) {
    StatsFiles files = new StatsFiles(folder, router);
    files.writeOptions(router.startupOptions());
    Runnable write =
        () ->
            files.write(
                stats.values(EnumSet.of(Group.ODS, Group.DETAILED), Readings.of(proxy)),
                config.get().present().sources());
    write.run();
    sampler.every(Math.max(1, interval.toMillis()), write);
  }

  @Override
  public void close() {
    sampler.close();
  }
}
