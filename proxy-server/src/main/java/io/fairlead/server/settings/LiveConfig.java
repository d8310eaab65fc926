package io.fairlead.server.settings;

import io.fairlead.server.admin.ConfigStatus;
import io.fairlead.server.admin.Reloading;
import io.fairlead.server.watch.FileWatch;
import io.fairlead.server.watch.SeenFiles;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a running proxy at what its files say: when they change, and when somebody asks. */
public final class LiveConfig implements Reloading {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  /** A file is taken about a second after somebody has saved it. */
  private static final FileWatch.Timing USUAL =
      new FileWatch.Timing(
          Duration.ofMillis(250), Duration.ofMillis(500), Duration.ZERO, Duration.ofMinutes(1));

  private final Reload reload;
  private final FileWatch watch;

  private LiveConfig(Reload reload, FileWatch watch) {
    this.reload = reload;
    this.watch = watch;
  }

  /**
   * Begins.
   *
   * @param files those that the running configuration was read from
   * @param timing when to look at them; null for never, so that somebody has to ask
   */
  public static LiveConfig start(
      Reload reload, SeenFiles files, FileWatch.@Nullable Timing timing) {
    return new LiveConfig(
        reload,
        timing == null
            ? FileWatch.onDemand(files, reload)
            : FileWatch.start(files, timing, reload));
  }

  /** The same at the usual pace, or never. */
  public static LiveConfig start(Reload reload, SeenFiles files, boolean watches) {
    return start(reload, files, watches ? USUAL : null);
  }

  @Override
  public ConfigStatus status() {
    return reload.status();
  }

  @Override
  public CompletionStage<ConfigStatus> reload() {
    return watch.readNow().thenApply(done -> reload.status());
  }

  /** Somebody has sent the signal for it. */
  public void onHangup() {
    LOG.info("SIGHUP: the configuration is read again");
    var unused = watch.readNow();
  }
}
