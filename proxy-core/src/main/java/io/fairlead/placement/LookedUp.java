package io.fairlead.placement;

import io.fairlead.config.ProxySettings;
import java.util.List;

/**
 * Settings with servers that are not in the file.
 *
 * @param unanswered the sources whose servers are not known
 */
public record LookedUp(ProxySettings settings, List<Unanswered> unanswered) {
  public LookedUp {
    unanswered = List.copyOf(unanswered);
  }

  /** A source of a pool, and why it is not known which servers it names. */
  public record Unanswered(String pool, String source, String reason) {}

  /** The settings of the file alone. */
  static LookedUp nothing(ProxySettings settings) {
    return new LookedUp(settings, List.of());
  }
}
