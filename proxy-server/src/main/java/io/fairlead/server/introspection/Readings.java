package io.fairlead.server.introspection;

import io.fairlead.config.ProxySettings;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.runtime.LoopView;
import io.fairlead.runtime.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a running proxy has counted.
 *
 * @param loops the counters of each event loop
 * @param pools those of each event loop for each pool
 * @param spool those of the spool of deletes; null without one
 */
record Readings(
    ProxySettings settings,
    List<LoopStats> loops,
    List<PoolStats> pools,
    @Nullable SpoolStats spool) {
  static Readings of(LoopView view) {
    return new Readings(view.settings(), view.loops(), view.pools(), view.spool());
  }

  static Readings of(Proxy proxy) {
    return new Readings(proxy.settings(), proxy.stats(), proxy.poolCounters(), proxy.spool());
  }
}
