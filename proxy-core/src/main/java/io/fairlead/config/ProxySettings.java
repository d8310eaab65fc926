package io.fairlead.config;

import io.fairlead.config.route.RouteTreeSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a proxy is started with.
 *
 * @param admin the port for operators, which serves metrics and health over HTTP; null for none
 * @param twemproxyStats where statistics are given in the form of twemproxy; null for nowhere
 * @param routes trees of routes, whose names differ from those of the pools
 * @param deleteSpool where deletes are kept that a server could not be told of; null for nowhere
 * @param reload whether the file that this comes from is watched, and changes in it are taken
 * @param warmUp how long it may warm up before it is ready; zero for not at all
 * @param version what the {@code version} command answers: clients gate features on it
 * @param shutdown how it ends
 */
public record ProxySettings(
    List<ListenerSettings> listeners,
    List<PoolSettings> pools,
    @Nullable AdminSettings admin,
    ThreadSettings threads,
    LimitSettings limits,
    String version,
    Address.@Nullable Tcp twemproxyStats,
    List<RouteTreeSettings> routes,
    @Nullable SpoolSettings deleteSpool,
    ShutdownSettings shutdown,
    boolean reload,
    Duration warmUp) {

  /** The memcached whose behaviour the proxy reproduces. */
  public static final String DEFAULT_VERSION = "1.6.18";

  /** Enough for two cores that have nothing else to do. */
  public static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(2);

  /** Where the admin pages are unless told otherwise: this machine only. */
  public static final Address.Tcp DEFAULT_ADMIN = new Address.Tcp("127.0.0.1", 5001);

  /** Where twemproxy gives its statistics unless told otherwise. */
  public static final int TWEMPROXY_STATS_PORT = 22222;

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ProxySettings(
      List<ListenerSettings> listeners,
      List<PoolSettings> pools,
      @Nullable AdminSettings admin,
      ThreadSettings threads,
      LimitSettings limits,
      String version,
      Address.@Nullable Tcp twemproxyStats,
      List<RouteTreeSettings> routes,
      @Nullable SpoolSettings deleteSpool,
      ShutdownSettings shutdown,
      boolean reload,
      Duration warmUp) {
    this.listeners = List.copyOf(listeners);
    this.pools = List.copyOf(pools);
    this.admin = admin;
    this.threads = threads;
    this.limits = limits;
    this.version = version;
    this.twemproxyStats = twemproxyStats;
    this.routes = List.copyOf(routes);
    this.deleteSpool = deleteSpool;
    this.shutdown = shutdown;
    this.reload = reload;
    this.warmUp = warmUp;
  }

  /** Begins those of a proxy with such listeners and pools. */
  public static ProxyBuilder of(List<ListenerSettings> listeners, List<PoolSettings> pools) {
    return new ProxyBuilder(listeners, pools);
  }

  /** Begins with these, to change some. */
  public ProxyBuilder change() {
    return new ProxyBuilder(listeners, pools)
        .admin(admin)
        .threads(threads)
        .limits(limits)
        .version(version)
        .twemproxyStats(twemproxyStats)
        .routes(routes)
        .deleteSpool(deleteSpool)
        .shutdown(shutdown)
        .reload(reload)
        .warmUp(warmUp);
  }
}
