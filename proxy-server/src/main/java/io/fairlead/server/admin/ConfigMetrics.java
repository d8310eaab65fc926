package io.fairlead.server.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What became of attempts to read the configuration again, under the names Prometheus has. */
final class ConfigMetrics {
  private final Reloading source;
  private final MultiGauge hash;

  ConfigMetrics(String prefix, MeterRegistry registry, Reloading source) {
    this.source = source;
    String name = prefix + "config.";
    counter(registry, name + "reloads", "success", ConfigStatus::successes);
    counter(registry, name + "reloads", "failure", ConfigStatus::failures);
    Gauge.builder(name + "last.reload.successful", source, s -> s.status().isInUse() ? 1 : 0)
        .description("whether the last attempt to read the configuration succeeded")
        .register(registry);
    Gauge.builder(
            name + "last.reload.success.timestamp.seconds",
            source,
            s -> s.status().loadedAt().toEpochMilli() / 1000.0)
        .description("when the configuration in use was read")
        .register(registry);
    hash =
        MultiGauge.builder(name + "hash")
            .description("the MD5 of the configuration file in use")
            .register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String result, ToDoubleFunction<ConfigStatus> value) {
    FunctionCounter.builder(name, source, s -> value.applyAsDouble(s.status()))
        .description("attempts to read the configuration again")
        .tags("result", result)
        .register(registry);
  }

  /** Shows the present hash. */
  void refresh() {
    Tags tags = Tags.of("hash", source.status().hash());
    hash.register(List.of(MultiGauge.Row.of(tags, 1)), true);
  }
}
