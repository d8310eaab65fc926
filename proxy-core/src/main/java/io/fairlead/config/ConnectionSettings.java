package io.fairlead.config;

import java.time.Duration;

/**
 * How connections to the servers of a pool are opened and kept.
 *
 * @param idleTimeout how long one may be without a request before it is closed, until the next
 *     request opens another; zero for ever
 * @param connectRetries how often an attempt to connect that timed out is made again before it
 *     counts as a failure
 */
public record ConnectionSettings(
    KeepaliveSettings keepalive, Duration idleTimeout, int connectRetries) {
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(KeepaliveSettings.DEFAULT, Duration.ZERO, 0);

  public static final int MOST_RETRIES = 100;
}
