package io.fairlead.server.admin;

import io.fairlead.metrics.Countable;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.server.admin.PoolTotals.ServerTotals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The counters of a proxy in Prometheus' text form, named {@code fairlead_…}. */
final class Metrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PREFIX = "fairlead.";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProxyReadings readings;
  // The registry refers to the counters weakly.
  private final List<LoopStats> loops;
  private final List<PoolStats> counted;
  private final List<PoolTotals> pools;
  private final @Nullable SpoolStats spool;
  private final ServerGauges servers;
  private final SourceGauges sources;
  private final CertificateMetrics certificates;

  private final @Nullable ConfigMetrics config;

  Metrics(ProxyReadings readings) {
    this(readings, null);
  }

  Metrics(ProxyReadings readings, @Nullable Reloading reloading) {
    this.readings = readings;
    config = reloading == null ? null : new ConfigMetrics(PREFIX, registry, reloading);
    loops = readings.loops().get();
    servers = new ServerGauges(PREFIX, registry, readings.servers());
    sources = new SourceGauges(PREFIX, registry, readings.sources());
    certificates = new CertificateMetrics(PREFIX, registry, readings.certificates());
    for (int i = 0; i < loops.size(); i++) {
      for (Counter counter : Counter.values()) {
        register(
            counter.statName(),
            counter,
            loops.get(i),
            s -> s.get(counter),
            Tags.of("loop", Integer.toString(i)));
      }
    }
    counted = readings.pools().get();
    pools = PoolTotals.of(counted);
    pools.forEach(this::register);
    spool = readings.spool().get();
    if (spool != null) {
      register(spool);
    }
    new JvmMemoryMetrics().bindTo(registry);
  }

  /** Whether these are the metrics of that proxy, and it has the pools and servers it had. */
  boolean isOf(ProxyReadings others) {
    return readings.equals(others) && areSame(counted, others.pools().get());
  }

  /** Each pool has counters of its own, and other ones when its servers change. */
  @SuppressWarnings("ReferenceEquality") // the same ones are meant
  private static boolean areSame(List<PoolStats> some, List<PoolStats> others) {
    return some.size() == others.size()
        && IntStream.range(0, some.size()).allMatch(i -> some.get(i) == others.get(i));
  }

  private void register(SpoolStats stats) {
    for (SpoolCounter counter : SpoolCounter.values()) {
      register("spool." + counter.statName(), counter, stats, s -> s.get(counter), Tags.empty());
    }
  }

  private void register(PoolTotals pool) {
    Tags tags = Tags.of("pool", pool.pool());
    for (PoolCounter counter : PoolCounter.values()) {
      register("pool." + counter.statName(), counter, pool, p -> p.get(counter), tags);
    }
    for (ServerTotals server : pool.servers()) {
      Tags both = tags.and("server", server.server());
      for (ServerCounter counter : ServerCounter.values()) {
        register(nameOf(counter), counter, server, s -> s.get(counter), both);
      }
    }
  }

  /** The counter's own name behind {@code pool_server_}, whether it begins with server or not. */
  private static String nameOf(ServerCounter counter) {
    String name = counter.statName();
    return "pool." + (name.startsWith("server_") ? name : "server." + name);
  }

  private <T> void register(
      String name, Countable counter, T source, ToDoubleFunction<T> value, Tags tags) {
    if (counter.isGauge()) {
      Gauge.builder(PREFIX + name, source, value)
          .description(counter.description())
          .tags(tags)
          .register(registry);
    } else {
      FunctionCounter.builder(PREFIX + name, source, value)
          .description(counter.description())
          .tags(tags)
          .register(registry);
    }
  }

  /** The present values of everything. */
  String scrape() {
    servers.refresh();
    sources.refresh();
    certificates.refresh();
    if (config != null) {
      config.refresh();
    }
    var unused = readings.pools().get(); // has what waits counted
    return registry.scrape(CONTENT_TYPE);
  }
}
