package io.fairlead.server.admin;

import io.fairlead.metrics.LatencySnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long things took between two overviews. */
final class RecentTimes {
  private static final long NANOS_PER_MICRO = 1000;

  private Map<String, LatencySnapshot> before = Map.of();
  private Map<String, LatencySnapshot> now = Map.of();

  /** Another overview begins. */
  void begin() {
    before = now;
    now = new HashMap<>();
  }

  /**
   * Adds what took how long since the overview before to a row, unless there was nothing.
   *
   * @param name under which this one is found again
   * @param all from the beginning until now
   */
  void addTo(Map<String, Object> row, String name, LatencySnapshot all) {
    now.put(name, all);
    LatencySnapshot earlier = before.get(name);
    LatencySnapshot recent = earlier == null ? LatencySnapshot.NONE : all.minus(earlier);
    if (recent.count() > 0) {
      row.put("latency", quantiles(recent));
    }
  }

  private static Map<String, Object> quantiles(LatencySnapshot times) {
    Map<String, Object> quantiles = new LinkedHashMap<>();
    quantiles.put("p50_us", times.quantile(0.5) / NANOS_PER_MICRO);
    quantiles.put("p99_us", times.quantile(0.99) / NANOS_PER_MICRO);
    quantiles.put("p999_us", times.quantile(0.999) / NANOS_PER_MICRO);
    return quantiles;
  }
}
