package io.fairlead.config;

import java.time.Duration;

/**
 * How a proxy ends that is told to stop.
 *
 * @param delay how long it goes on as before, only not ready, so that whoever asks for that sends
 *     new clients elsewhere
 * @param drain how long its clients may then take to end what they have begun
 * @param spread over how much of {@code drain} clients are closed, at most half of it, so that they
 *     do not all come back elsewhere in one moment
 */
public record ShutdownSettings(Duration delay, Duration drain, Duration spread) {
  public static final ShutdownSettings DEFAULT =
      new ShutdownSettings(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(10));

  /** Over how long clients are closed, so that the last of them have time as well. */
  public Duration spreadWithinDrain() {
    // In milliseconds, as Java would divide big decimals, which a start would load for it.
    Duration half = Duration.ofMillis(drain.toMillis() / 2);
    return spread.compareTo(half) < 0 ? spread : half;
  }

  /** The same with another delay. */
  public ShutdownSettings withDelay(Duration other) {
    return new ShutdownSettings(other, drain, spread);
  }

  /** The same with another time to drain. */
  public ShutdownSettings withDrain(Duration other) {
    return new ShutdownSettings(delay, other, spread);
  }
}
