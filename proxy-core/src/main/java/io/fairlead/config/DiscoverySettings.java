package io.fairlead.config;

import java.time.Duration;
import java.util.List;

/**
 * Where a pool finds servers beside those it names.
 *
 * @param removeAfter for how long a source must not name a server any more before it is taken out
 */
public record DiscoverySettings(List<SourceSettings> sources, Duration removeAfter) {
  public static final Duration DEFAULT_REMOVE_AFTER = Duration.ofSeconds(60);

  /** A pool that has the servers it names and no others. */
  public static final DiscoverySettings NONE =
      new DiscoverySettings(List.of(), DEFAULT_REMOVE_AFTER);

  public DiscoverySettings {
    sources = List.copyOf(sources);
  }

  public boolean isOn() {
    return !sources.isEmpty();
  }
}
