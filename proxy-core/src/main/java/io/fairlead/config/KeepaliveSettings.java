package io.fairlead.config;

import java.time.Duration;

/**
 * Whether the kernel probes peers that are silent, so that one whose machine is gone is found out
 * without a request.
 *
 * @param idle silence before the first probe, in whole seconds
 * @param interval between two probes, likewise
 * @param probes without an answer that end the connection
 */
public record KeepaliveSettings(boolean on, Duration idle, Duration interval, int probes) {
  /** For servers: one that is gone is found out in three seconds. */
  public static final KeepaliveSettings DEFAULT =
      new KeepaliveSettings(true, Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

  /** For clients, of which there are many: one that is gone is found out in a minute. */
  public static final KeepaliveSettings OF_CLIENTS =
      new KeepaliveSettings(true, Duration.ofSeconds(30), Duration.ofSeconds(10), 3);

  public static final KeepaliveSettings OFF =
      new KeepaliveSettings(false, Duration.ZERO, Duration.ZERO, 0);

  /** The longest that Linux takes for {@code idle} and {@code interval}. */
  public static final int MOST_SECONDS = 32767;

  public static final int MOST_PROBES = 127;

  /** After so long without a sign of life the connection is over. */
  public Duration longestSilence() {
    // In milliseconds, as Java would multiply with big decimals, which a start would load for it.
    return idle.plusMillis(interval.toMillis() * probes);
  }
}
