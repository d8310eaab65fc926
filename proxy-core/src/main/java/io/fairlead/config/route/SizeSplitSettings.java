package io.fairlead.config.route;

import java.util.List;

/**
 * Large values live elsewhere than small ones.
 *
 * @param threshold the largest value that is small
 * @param ttlThreshold the shortest expiry with which a value is large; 0 for any
 * @param failureTtl expiry of a value that could not be stored where it should be
 * @param both whether a large value is stored in both places
 * @param retries how often a read that met a half-done write is repeated
 */
public record SizeSplitSettings(
    RouteSettings small,
    RouteSettings large,
    int threshold,
    int ttlThreshold,
    int failureTtl,
    boolean both,
    int retries)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(small, large);
  }
}
