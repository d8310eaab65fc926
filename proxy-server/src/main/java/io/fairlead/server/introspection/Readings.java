package io.fairlead.server.introspection;

import io.fairlead.config.ProxySettings;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.runtime.LoopView;
import io.fairlead.runtime.Proxy;
import java.util.List;

/**
 * What a running proxy has counted.
 *
 * @param loops the counters of each event loop
 * @param pools those of each event loop for each pool
 */
record Readings(ProxySettings settings, List<LoopStats> loops, List<PoolStats> pools) {
  static Readings of(LoopView view) {
    return new Readings(view.settings(), view.loops(), view.pools());
  }

  static Readings of(Proxy proxy) {
    return new Readings(proxy.settings(), proxy.stats(), proxy.poolCounters());
  }
}
