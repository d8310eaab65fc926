package io.fairlead.config.route;

import java.util.List;

/**
 * Keys move from one child to another, each at its own moment.
 *
 * @param startSeconds since 1970, when the first moves
 * @param intervalSeconds until all have moved
 */
public record MigrateSettings(
    RouteSettings from, RouteSettings to, long startSeconds, long intervalSeconds)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(from, to);
  }
}
