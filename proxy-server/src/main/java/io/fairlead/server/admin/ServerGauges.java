package io.fairlead.server.admin;

import io.fairlead.health.ServerStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Gauges for each server of each pool, over all event loops; servers may come and go. */
final class ServerGauges {
  private final MultiGauge up;
  private final MultiGauge failures;
  private final MultiGauge inFlight;
  private final HealthGauges health;
  private final Supplier<? extends List<ServerStatus>> source;

  ServerGauges(
      String prefix, MeterRegistry registry, Supplier<? extends List<ServerStatus>> source) {
    this.source = source;
    up =
        MultiGauge.builder(prefix + "server.up")
            .description("share of the event loops that send requests to the server")
            .register(registry);
    failures =
        MultiGauge.builder(prefix + "server.failures.in.a.row")
            .description("failures since the last success, on the event loop that saw most")
            .register(registry);
    inFlight =
        MultiGauge.builder(prefix + "server.in.flight")
            .description("requests waiting for the server")
            .register(registry);
    health = new HealthGauges(prefix, registry);
  }

  /** Takes one snapshot of the servers, which all gauges show until the next. */
  void refresh() {
    Map<Tags, List<ServerStatus>> servers =
        source.get().stream()
            .collect(
                Collectors.groupingBy(ServerGauges::tags, LinkedHashMap::new, Collectors.toList()));
    show(up, servers, ServerGauges::shareUp);
    show(failures, servers, s -> s.stream().mapToInt(ServerStatus::failuresInARow).max().orElse(0));
    show(inFlight, servers, s -> s.stream().mapToInt(ServerStatus::inFlight).sum());
    health.show(servers);
  }

  private static void show(
      MultiGauge gauge,
      Map<Tags, List<ServerStatus>> servers,
      ToDoubleFunction<List<ServerStatus>> value) {
    gauge.register(
        servers.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                entry -> MultiGauge.Row.of(entry.getKey(), value.applyAsDouble(entry.getValue())))
            .toList(),
        true);
  }

  private static double shareUp(List<ServerStatus> seen) {
    return seen.stream().mapToInt(s -> s.state().isOut() ? 0 : 1).average().orElse(0);
  }

  private static Tags tags(ServerStatus status) {
    return Tags.of("pool", status.pool(), "server", status.server());
  }
}
