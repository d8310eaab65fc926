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
 * @param auth where the password for them is; null when they ask for none
 */
public record ConnectionSettings(
    KeepaliveSettings keepalive,
    Duration idleTimeout,
    int connectRetries,
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
      @Nullable ServerTlsSettings tls,
      @Nullable PasswordPlace auth) {
    this.keepalive = keepalive;
    this.idleTimeout = idleTimeout;
    this.connectRetries = connectRetries;
    this.tls = tls;
    this.auth = auth;
  }

  /** In the clear, for servers that ask for no password. */
  public ConnectionSettings(KeepaliveSettings keepalive, Duration idleTimeout, int connectRetries) {
    this(keepalive, idleTimeout, connectRetries, null, null);
  }

  /** The same with TLS, or without it. */
  public ConnectionSettings withTls(@Nullable ServerTlsSettings other) {
    return new ConnectionSettings(keepalive, idleTimeout, connectRetries, other, auth);
  }
}
