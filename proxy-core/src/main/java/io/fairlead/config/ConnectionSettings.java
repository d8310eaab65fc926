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
 * @param serverStats how often each server is asked for its statistics; zero for never
 * @param tls how TLS is spoken with the servers; null when they are spoken to in the clear
 * @param auth where the password for them is; null when they ask for none
 */
public record ConnectionSettings(
    KeepaliveSettings keepalive,
    Duration idleTimeout,
    int connectRetries,
    Duration serverStats,
    @Nullable ServerTlsSettings tls,
    @Nullable PasswordPlace auth) {
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(KeepaliveSettings.DEFAULT, Duration.ZERO, 0);

  public static final int MOST_RETRIES = 100;

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ConnectionSettings(
      KeepaliveSettings keepalive,
      Duration idleTimeout,
      int connectRetries,
      Duration serverStats,
      @Nullable ServerTlsSettings tls,
      @Nullable PasswordPlace auth) {
    this.keepalive = keepalive;
    this.idleTimeout = idleTimeout;
    this.connectRetries = connectRetries;
    this.serverStats = serverStats;
    this.tls = tls;
    this.auth = auth;
  }

  /** In the clear, for servers that ask for no password and are not asked for statistics. */
  public ConnectionSettings(KeepaliveSettings keepalive, Duration idleTimeout, int connectRetries) {
    this(keepalive, idleTimeout, connectRetries, Duration.ZERO, null, null);
  }

  /** The same with TLS, or without it. */
  public ConnectionSettings withTls(@Nullable ServerTlsSettings other) {
    return new ConnectionSettings(keepalive, idleTimeout, connectRetries, serverStats, other, auth);
  }

  /** The same for servers that are asked for statistics so often, or never. */
  public ConnectionSettings withServerStats(Duration every) {
    return new ConnectionSettings(keepalive, idleTimeout, connectRetries, every, tls, auth);
  }
}
