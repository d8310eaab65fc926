package io.fairlead.frontend.stats;

import io.fairlead.config.ProxySettings;
import io.fairlead.health.HealthReport;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolStats;
import java.util.List;
import java.util.Map;

/** What is known of a running proxy without asking anybody; from any thread. */
public interface ProxyFigures {
  /** With the servers that sources have named. */
  ProxySettings settings();

  /** Those of each event loop. */
  List<LoopStats> loops();

  /** Those of each event loop for each pool and tree of routes; what waits may be a moment old. */
  List<PoolStats> pools();

  /** How each server is, by pool and name. */
  Map<String, Map<String, HealthReport>> health();

  /** What tells this configuration from others; empty when it is from no file. */
  String configHash();
}
