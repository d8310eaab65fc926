package io.fairlead.runtime;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.discovery.DiscoveryPlaces;
import io.fairlead.discovery.SourceAnswer;
import java.time.Duration;
import java.util.List;

/**
 * The sources of a configuration, asked once without a proxy.
 *
 * @param settings with the servers that they have named
 */
public record SourceLookup(ProxySettings settings, List<SourceAnswer> answers) {
  public SourceLookup {
    answers = List.copyOf(answers);
  }

  /** Asks nobody. */
  public static SourceLookup none(ProxySettings settings) {
    return new SourceLookup(settings, List.of());
  }

  /** Asks all of them at once; who has not answered within the limit, has not. */
  public static SourceLookup of(ProxySettings settings, DiscoveryPlaces places, Duration limit) {
    if (settings.pools().stream().map(PoolSettings::discovery).noneMatch(each -> each.isOn())) {
      return none(settings);
    }
    try (Lookups lookups = new Lookups(settings, places, () -> {})) {
      ProxySettings complete = lookups.follow(settings, limit);
      return new SourceLookup(complete, lookups.answers());
    }
  }
}
