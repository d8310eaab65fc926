package io.fairlead.config;

import io.fairlead.config.route.RouteTreeSettings;
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
    boolean reload) {

  /** The memcached whose behaviour the proxy reproduces. */
  public static final String DEFAULT_VERSION = "1.6.18";

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
      boolean reload) {
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
  }

  /** Which ends as usual, and follows its file. */
  public ProxySettings(
      List<ListenerSettings> listeners,
      List<PoolSettings> pools,
      @Nullable AdminSettings admin,
      ThreadSettings threads,
      LimitSettings limits,
      String version,
      Address.@Nullable Tcp twemproxyStats,
      List<RouteTreeSettings> routes,
      @Nullable SpoolSettings deleteSpool) {
    this(
        listeners,
        pools,
        admin,
        threads,
        limits,
        version,
        twemproxyStats,
        routes,
        deleteSpool,
        ShutdownSettings.DEFAULT,
        true);
  }

  /** Without trees of routes and a spool of deletes. */
  public ProxySettings(
      List<ListenerSettings> listeners,
      List<PoolSettings> pools,
      @Nullable AdminSettings admin,
      ThreadSettings threads,
      LimitSettings limits,
      String version,
      Address.@Nullable Tcp twemproxyStats) {
    this(listeners, pools, admin, threads, limits, version, twemproxyStats, List.of(), null);
  }

  /** Without statistics in the form of twemproxy. */
  public ProxySettings(
      List<ListenerSettings> listeners,
      List<PoolSettings> pools,
      @Nullable AdminSettings admin,
      ThreadSettings threads,
      LimitSettings limits,
      String version) {
    this(listeners, pools, admin, threads, limits, version, null);
  }

  /** The same with another place for statistics in the form of twemproxy. */
  public ProxySettings withTwemproxyStats(Address.@Nullable Tcp address) {
    return new ProxySettings(
        listeners,
        pools,
        admin,
        threads,
        limits,
        version,
        address,
        routes,
        deleteSpool,
        shutdown,
        reload);
  }

  /** The same with another admin port. */
  public ProxySettings withAdmin(@Nullable AdminSettings other) {
    return new ProxySettings(
        listeners,
        pools,
        other,
        threads,
        limits,
        version,
        twemproxyStats,
        routes,
        deleteSpool,
        shutdown,
        reload);
  }

  /** The same with other pools. */
  public ProxySettings withPools(List<PoolSettings> others) {
    return new ProxySettings(
        listeners,
        others,
        admin,
        threads,
        limits,
        version,
        twemproxyStats,
        routes,
        deleteSpool,
        shutdown,
        reload);
  }

  /** The same with other trees of routes. */
  public ProxySettings withRoutes(List<RouteTreeSettings> trees) {
    return new ProxySettings(
        listeners,
        pools,
        admin,
        threads,
        limits,
        version,
        twemproxyStats,
        trees,
        deleteSpool,
        shutdown,
        reload);
  }

  /** The same with another place for deletes that a server could not be told of. */
  public ProxySettings withDeleteSpool(@Nullable SpoolSettings spool) {
    return new ProxySettings(
        listeners,
        pools,
        admin,
        threads,
        limits,
        version,
        twemproxyStats,
        routes,
        spool,
        shutdown,
        reload);
  }

  /** The same with another end. */
  public ProxySettings withShutdown(ShutdownSettings other) {
    return new ProxySettings(
        listeners,
        pools,
        admin,
        threads,
        limits,
        version,
        twemproxyStats,
        routes,
        deleteSpool,
        other,
        reload);
  }
}
