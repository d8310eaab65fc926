package io.fairlead.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How connections to the servers of a pool are opened and kept.
 *
 * @param idleTimeout how long one may be without a request before it is closed, until the next
 *     request opens another; zero for ever
 * @param connectRetries how often an attempt to connect that timed out is made again before it
 *     counts as a failure
 * @param tls how TLS is spoken with the servers; null when they are spoken to in the clear
 */
public record ConnectionSettings(
    KeepaliveSettings keepalive,
    Duration idleTimeout,
    int connectRetries,
    @Nullable ServerTlsSettings tls) {
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(KeepaliveSettings.DEFAULT, Duration.ZERO, 0, null);

  public static final int MOST_RETRIES = 100;

  /** In the clear. */
  public ConnectionSettings(KeepaliveSettings keepalive, Duration idleTimeout, int connectRetries) {
    this(keepalive, idleTimeout, connectRetries, null);
  }

  /** The same with TLS, or without it. */
  public ConnectionSettings withTls(@Nullable ServerTlsSettings other) {
    return new ConnectionSettings(keepalive, idleTimeout, connectRetries, other);
  }
}
