package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.frontend.stats.ProxyFigures;
import io.fairlead.health.HealthReport;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import java.util.List;
import java.util.Map;

/** What clients are told of a running proxy that ask for statistics. */
final class FiguresOfProxy implements ProxyFigures {
  private final Proxy proxy;

  FiguresOfProxy(Proxy proxy) {
    this.proxy = proxy;
  }

  @Override
  public ProxySettings settings() {
    return proxy.settings();
  }

  @Override
  public List<LoopStats> loops() {
    return proxy.stats();
  }

  @Override
  public List<PoolStats> pools() {
    return proxy.poolCounters();
  }

  @Override
  public Map<String, Map<String, HealthReport>> health() {
    return proxy.health();
  }

  @Override
  public String configHash() {
    return proxy.configHash();
  }
}
