package io.fairlead.config;

import io.fairlead.config.route.RouteTreeSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a proxy. Until they are given there are no admin port, statistics of twemproxy,
 * routes and spool; the others are at their defaults.
 */
public final class ProxyBuilder {
  private List<ListenerSettings> listeners;
  private List<PoolSettings> pools;
  private @Nullable AdminSettings admin;
  private ThreadSettings threads = ThreadSettings.DEFAULT;
  private LimitSettings limits = LimitSettings.DEFAULT;
  private String version = ProxySettings.DEFAULT_VERSION;
  private Address.@Nullable Tcp twemproxyStats;
  private List<RouteTreeSettings> routes = List.of();
  private @Nullable SpoolSettings deleteSpool;
  private ShutdownSettings shutdown = ShutdownSettings.DEFAULT;
  private boolean reload = true;
  private Duration warmUp = ProxySettings.DEFAULT_WARM_UP;

  ProxyBuilder(List<ListenerSettings> listeners, List<PoolSettings> pools) {
    this.listeners = listeners;
    this.pools = pools;
  }

  public ProxyBuilder listeners(List<ListenerSettings> value) {
    listeners = value;
    return this;
  }

  public ProxyBuilder pools(List<PoolSettings> value) {
    pools = value;
    return this;
  }

  public ProxyBuilder admin(@Nullable AdminSettings value) {
    admin = value;
    return this;
  }

  public ProxyBuilder threads(ThreadSettings value) {
    threads = value;
    return this;
  }

  public ProxyBuilder limits(LimitSettings value) {
    limits = value;
    return this;
  }

  public ProxyBuilder version(String value) {
    version = value;
    return this;
  }

  public ProxyBuilder twemproxyStats(Address.@Nullable Tcp value) {
    twemproxyStats = value;
    return this;
  }

  public ProxyBuilder routes(List<RouteTreeSettings> value) {
    routes = value;
    return this;
  }

  public ProxyBuilder deleteSpool(@Nullable SpoolSettings value) {
    deleteSpool = value;
    return this;
  }

  public ProxyBuilder shutdown(ShutdownSettings value) {
    shutdown = value;
    return this;
  }

  public ProxyBuilder reload(boolean value) {
    reload = value;
    return this;
  }

  public ProxyBuilder warmUp(Duration value) {
    warmUp = value;
    return this;
  }

  public ProxySettings build() {
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
        shutdown,
        reload,
        warmUp);
  }
}
