package io.fairlead.server.serve;

import io.fairlead.config.ProxySettings;
import io.fairlead.config.ShutdownSettings;
import io.fairlead.server.command.TimeOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the proxy ends, in place of what the file says about that. */
final class ShutdownOptions {
  static final String DELAY = "--shutdown-delay";
  static final String DRAIN = "--shutdown-drain";

  @Option(
      names = DELAY,
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = {
        "Before it stops: be not ready, and serve as before,",
        "while others learn of it; default: not at all."
      })
  private @Nullable Duration delay;

  @Option(
      names = DRAIN,
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "How long clients may take to end then; default: 20s.")
  private @Nullable Duration drain;

  ProxySettings applyTo(ProxySettings settings) {
    ShutdownSettings shutdown = settings.shutdown();
    if (delay != null) {
      shutdown = shutdown.withDelay(delay);
    }
    if (drain != null) {
      shutdown = shutdown.withDrain(drain);
    }
    return settings.change().shutdown(shutdown).build();
  }
}
