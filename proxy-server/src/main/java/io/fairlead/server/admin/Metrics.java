package io.fairlead.server.admin;

import io.fairlead.metrics.LoopStats;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of the process: those of the proxy, which are named {@code fairlead_…} and read anew
 * for each scrape, and those of the JVM and of Netty's buffers, for which there are binders.
 */
final class Metrics {
  static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String ASKS_FOR_OPEN_METRICS = "application/openmetrics-text";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Supplier<ProxyReadings> readings;
  private final Supplier<@Nullable Reloading> config;
  private final String version;

  /** The registry has the memory of these. */
  private @Nullable ByteBufAllocatorMetricProvider allocator;

  Metrics(Supplier<ProxyReadings> readings, Supplier<@Nullable Reloading> config, String version) {
    this.readings = readings;
    this.config = config;
    this.version = version;
    List<MeterBinder> binders =
        List.of(
            new JvmInfoMetrics(),
            new JvmMemoryMetrics(),
            new JvmGcMetrics(), // as long as the process lives
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics());
    binders.forEach(binder -> binder.bindTo(registry));
    MultiCollector ofProxy = this::collect;
    registry.getPrometheusRegistry().register(ofProxy);
  }

  /** In which form somebody wants them who accepts this; null for who does not say. */
  static String formFor(@Nullable String accept) {
    return accept != null && accept.contains(ASKS_FOR_OPEN_METRICS) ? OPEN_METRICS : PROMETHEUS;
  }

  /** The present values of everything, in one of the forms. */
  String scrape(String form) {
    bindAllocator(readings.get().allocator().get());
    return registry.scrape(form);
  }

  private synchronized void bindAllocator(@Nullable ByteBufAllocatorMetricProvider present) {
    if (present != null && allocator == null) {
      allocator = present;
      new NettyAllocatorMetrics(present).bindTo(registry);
    }
  }

  private MetricSnapshots collect() {
    ProxyReadings present = readings.get();
    Families families = new Families();
    List<PoolTotals> pools = PoolTotals.of(present.pools().get());
    RequestMetrics.addTo(families, pools);
    BackendMetrics.addTo(families, pools, present.servers().get());
    MemcachedMetrics.addTo(families, pools);
    List<LoopStats> loops = present.loops().get();
    ClientMetrics.addTo(families, present.listeners().get(), loops);
    LoopMetrics.addTo(families, loops, present.loopLags().get());
    ProcessMetrics.addTo(families, present, config.get(), version);
    return families.snapshots();
  }
}
