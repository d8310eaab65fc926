package io.fairlead.server.admin;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** The counters of a proxy in Prometheus' text form, named {@code fairlead_…}. */
final class Metrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PREFIX = "fairlead.";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProxyReadings readings;
  // The registry refers to the counters weakly.
  private final List<LoopStats> loops;
  private final ServerGauges servers;

  Metrics(ProxyReadings readings) {
    this.readings = readings;
    loops = readings.loops().get();
    servers = new ServerGauges(PREFIX, registry, readings.servers());
    for (int i = 0; i < loops.size(); i++) {
      for (Counter counter : Counter.values()) {
        register(counter, loops.get(i), Integer.toString(i));
      }
    }
    new JvmMemoryMetrics().bindTo(registry);
  }

  /** Whether these are the metrics of that proxy. */
  boolean isOf(ProxyReadings others) {
    return readings.equals(others);
  }

  private void register(Counter counter, LoopStats stats, String loop) {
    String name = PREFIX + counter.statName();
    if (counter.isGauge()) {
      Gauge.builder(name, stats, s -> s.get(counter))
          .description(counter.description())
          .tag("loop", loop)
          .register(registry);
    } else {
      FunctionCounter.builder(name, stats, s -> s.get(counter))
          .description(counter.description())
          .tag("loop", loop)
          .register(registry);
    }
  }

  /** The present values of everything. */
  String scrape() {
    servers.refresh();
    return registry.scrape(CONTENT_TYPE);
  }
}
