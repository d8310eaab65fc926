package io.fairlead.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a proxy is started with.
 *
 * @param admin where metrics and health are served over HTTP; null for nowhere
 * @param version what the {@code version} command answers: clients gate features on it
 */
public record ProxySettings(
    List<ListenerSettings> listeners,
    List<PoolSettings> pools,
    Address.@Nullable Tcp admin,
    ThreadSettings threads,
    LimitSettings limits,
    String version) {

  /** The memcached whose behaviour the proxy reproduces. */
  public static final String DEFAULT_VERSION = "1.6.18";

  /** Where the admin pages are unless told otherwise: this machine only. */
  public static final Address.Tcp DEFAULT_ADMIN = new Address.Tcp("127.0.0.1", 5001);

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ProxySettings(
      List<ListenerSettings> listeners,
      List<PoolSettings> pools,
      Address.@Nullable Tcp admin,
      ThreadSettings threads,
      LimitSettings limits,
      String version) {
    this.listeners = List.copyOf(listeners);
    this.pools = List.copyOf(pools);
    this.admin = admin;
    this.threads = threads;
    this.limits = limits;
    this.version = version;
  }
}
