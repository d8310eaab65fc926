package io.fairlead.config;

import java.time.Duration;

/**
 * Whether the kernel probes servers that are silent, so that one whose machine is gone is found out
 * without a request.
 *
 * @param idle silence before the first probe, in whole seconds; zero for what the kernel does
 * @param interval between two probes, likewise
 * @param probes without an answer that end the connection; 0 for what the kernel does
 */
public record KeepaliveSettings(boolean on, Duration idle, Duration interval, int probes) {
  /** With the kernel's times, which on Linux begin after two hours. */
  public static final KeepaliveSettings DEFAULT =
      new KeepaliveSettings(true, Duration.ZERO, Duration.ZERO, 0);

  public static final KeepaliveSettings OFF =
      new KeepaliveSettings(false, Duration.ZERO, Duration.ZERO, 0);

  /** The longest that Linux takes for {@code idle} and {@code interval}. */
  public static final int MOST_SECONDS = 32767;

  public static final int MOST_PROBES = 127;

  /** Whether it is on with nothing but the kernel's own numbers. */
  public boolean isUsual() {
    return equals(DEFAULT);
  }
}
