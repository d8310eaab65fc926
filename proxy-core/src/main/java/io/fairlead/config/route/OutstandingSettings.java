package io.fairlead.config.route;

import io.fairlead.config.PoolSettings;
import java.time.Duration;
import java.util.List;

/**
 * Requests wait while others are in flight.
 *
 * @param limit how many may be in flight
 * @param mostWaiting how many may wait; more are refused
 * @param timeout how long each may wait
 */
public record OutstandingSettings(
    RouteSettings target, int limit, int mostWaiting, Duration timeout) implements RouteSettings {
  public static final int DEFAULT_MOST_WAITING = 100_000;

  /** With the other settings at their defaults. */
  public static OutstandingSettings of(RouteSettings target, int limit) {
    return new OutstandingSettings(
        target, limit, DEFAULT_MOST_WAITING, PoolSettings.DEFAULT_TIMEOUT);
  }

  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
