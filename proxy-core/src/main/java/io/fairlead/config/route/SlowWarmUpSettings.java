package io.fairlead.config.route;

import java.util.List;

/**
 * A server that is cold gets only a part of the reads.
 *
 * @param enable hit rate below which it is cold
 * @param disable hit rate above which it is warm again
 * @param start the part of the reads it gets at least
 * @param step how much more with each part of hits
 * @param minRequests reads before its hit rate is known
 */
public record SlowWarmUpSettings(
    RouteSettings target,
    RouteSettings fallback,
    double enable,
    double disable,
    double start,
    double step,
    int minRequests)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(target, fallback);
  }
}
