package io.fairlead.server.admin;

import io.fairlead.discovery.SourceStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Gauges for each source of servers; sources come and go with the file. Also what only grows is a
 * gauge here, as a source that comes back begins anew.
 */
final class SourceGauges {
  private final Supplier<? extends List<SourceStatus>> source;
  private final List<Shown> gauges;

  private record Shown(MultiGauge gauge, ToDoubleFunction<SourceStatus> value) {}

  SourceGauges(
      String prefix, MeterRegistry registry, Supplier<? extends List<SourceStatus>> source) {
    this.source = source;
    gauges =
        List.of(
            shown(
                prefix + "discovery.members",
                "servers of the source on the ring",
                registry,
                SourceStatus::servers),
            shown(
                prefix + "discovery.missing",
                "servers among them that the source does not name any more",
                registry,
                SourceStatus::missing),
            shown(
                prefix + "discovery.up",
                "1 while the source says which servers there are, else 0",
                registry,
                status -> status.state() == SourceStatus.State.OK ? 1 : 0),
            shown(
                prefix + "discovery.failures",
                "how often the source could not say which servers there are",
                registry,
                SourceStatus::failures),
            shown(
                prefix + "discovery.changes",
                "how often its servers were others, or elsewhere",
                registry,
                SourceStatus::changes),
            shown(
                prefix + "discovery.last.success.seconds",
                "when the source said last which servers there are, since 1970; 0 for never",
                registry,
                SourceGauges::lastSuccess));
  }

  private static Shown shown(
      String name,
      String description,
      MeterRegistry registry,
      ToDoubleFunction<SourceStatus> value) {
    return new Shown(MultiGauge.builder(name).description(description).register(registry), value);
  }

  private static double lastSuccess(SourceStatus status) {
    Instant last = status.lastSuccess();
    return last == null ? 0 : last.toEpochMilli() / 1000.0;
  }

  /** Shows how the sources do now. */
  void refresh() {
    List<SourceStatus> all = source.get();
    for (Shown shown : gauges) {
      shown
          .gauge()
          .register(
              all.stream()
                  .<MultiGauge.Row<?>>map(
                      each ->
                          MultiGauge.Row.of(
                              Tags.of("pool", each.pool(), "source", each.source()),
                              shown.value().applyAsDouble(each)))
                  .toList(),
              true);
    }
  }
}
