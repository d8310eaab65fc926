package io.fairlead.server.mcrouter;

import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.config.ServerTlsSettings;
import java.time.Duration;

/**
 * How connections to servers are treated.
 *
 * @param timeout to connect and to answer, where the pool says nothing
 * @param crossRegionTimeout for a pool of another region, and it wins over the pool; zero for none
 * @param crossClusterTimeout for a pool of another cluster of the region, likewise
 * @param withinClusterTimeout for a pool of the own cluster, likewise
 * @param connectRetries how often to connect again after a time-out
 * @param idleClose after how long without a request a connection is closed; zero for never
 * @param inFlight requests in flight on a connection; 0 for no limit of its own
 * @param pending requests that wait for a connection that has its {@code inFlight}
 * @param shadows copies of requests under way to a shadow; 0 for no limit
 * @param keepalive probes of the kernel
 * @param tls what is spoken with servers of pools that ask for it
 */
public record ServerOptions(
    Duration timeout,
    Duration crossRegionTimeout,
    Duration crossClusterTimeout,
    Duration withinClusterTimeout,
    int connectRetries,
    Duration idleClose,
    int inFlight,
    int pending,
    int shadows,
    Keepalive keepalive,
    ServerTlsSettings tls) {

  /**
   * Probes of the kernel.
   *
   * @param count that may go unanswered; 0 for no probes
   */
  public record Keepalive(int count, Duration interval, Duration idle) {
    /** As far as the kernel takes them. */
    KeepaliveSettings settings() {
      return count == 0
          ? KeepaliveSettings.OFF
          : new KeepaliveSettings(
              true,
              bounded(idle),
              bounded(interval),
              Math.min(count, KeepaliveSettings.MOST_PROBES));
    }

    private static Duration bounded(Duration time) {
      return Duration.ofSeconds(
          Math.max(1, Math.min(time.toSeconds(), KeepaliveSettings.MOST_SECONDS)));
    }
  }

  /** How connections to servers are opened and kept. */
  ConnectionSettings connection() {
    int retries = Math.min(connectRetries, ConnectionSettings.MOST_RETRIES);
    return new ConnectionSettings(keepalive.settings(), idleClose, retries).withTls(tls);
  }

  static ServerOptions of(OptionValues values, TlsOptions tls) {
    return new ServerOptions(
        values.millis("server_timeout_ms"),
        values.millis("cross_region_timeout_ms"),
        values.millis("cross_cluster_timeout_ms"),
        values.millis("within_cluster_timeout_ms"),
        values.count("connect_timeout_retries"),
        values.millis("reset_inactive_connection_interval"),
        values.count("target_max_inflight_requests"),
        values.count("target_max_pending_requests"),
        values.count("target_max_shadow_requests"),
        new Keepalive(
            values.count("keepalive_cnt"),
            values.seconds("keepalive_interval_s"),
            values.seconds("keepalive_idle_s")),
        tls.toServers());
  }
}
