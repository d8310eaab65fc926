package io.fairlead.config.route;

import java.util.List;

/**
 * Reads and deletes ask the next child when one does not have the key.
 *
 * @param returnsBest whether the least severe of the replies is the answer, and not the last
 */
public record MissFailoverSettings(List<RouteSettings> children, boolean returnsBest)
    implements RouteSettings {
  public MissFailoverSettings {
    children = List.copyOf(children);
  }
}
