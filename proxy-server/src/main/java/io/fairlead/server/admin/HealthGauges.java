package io.fairlead.server.admin;

import io.fairlead.health.FailureKind;
import io.fairlead.health.HealthReport;
import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** Gauges for the health of each server, which is the same on all event loops. */
final class HealthGauges {
  private static final double MILLIS = 1000;

  private final MultiGauge state;
  private final MultiGauge failures;
  private final MultiGauge ejections;
  private final MultiGauge probes;
  private final MultiGauge nextProbe;

  HealthGauges(String prefix, MeterRegistry registry) {
    state = gauge(prefix, registry, "state", "1 for the state that the server is in, else 0");
    failures = gauge(prefix, registry, "failures", "failures of the server since it is known");
    ejections = gauge(prefix, registry, "ejections", "times it was ejected since it is known");
    probes = gauge(prefix, registry, "probes", "probes of it since it is known");
    nextProbe =
        gauge(prefix, registry, "next.probe.seconds", "time until the next one, if one is due");
  }

  private static MultiGauge gauge(
      String prefix, MeterRegistry registry, String name, String description) {
    return MultiGauge.builder(prefix + "server." + name)
        .description(description)
        .register(registry);
  }

  void show(Map<Tags, List<ServerStatus>> servers) {
    show(
        state,
        servers,
        (health, rows) -> {
          for (State each : State.values()) {
            rows.add("state", each, health.state() == each ? 1 : 0);
          }
        });
    show(failures, servers, (health, rows) -> rows.addKinds("kind", health.failures()));
    show(ejections, servers, (health, rows) -> rows.addKinds("reason", health.ejections()));
    show(probes, servers, (health, rows) -> rows.add((double) health.probes()));
    show(
        nextProbe,
        servers,
        (health, rows) -> {
          if (health.nextProbe() != null) {
            rows.add(health.nextProbe().toMillis() / MILLIS);
          }
        });
  }

  private static void show(
      MultiGauge gauge,
      Map<Tags, List<ServerStatus>> servers,
      BiConsumer<HealthReport, Rows> content) {
    List<MultiGauge.Row<?>> all = new ArrayList<>();
    servers.forEach((tags, seen) -> content.accept(seen.get(0).health(), new Rows(tags, all)));
    gauge.register(all, true);
  }

  /** The rows of one server. */
  private record Rows(Tags tags, List<MultiGauge.Row<?>> all) {
    void add(double value) {
      all.add(MultiGauge.Row.of(tags, value));
    }

    void add(String key, Enum<?> of, double value) {
      all.add(MultiGauge.Row.of(tags.and(key, of.name().toLowerCase(Locale.ROOT)), value));
    }

    void addKinds(String key, Map<FailureKind, Long> counts) {
      counts.forEach((kind, count) -> add(key, kind, count));
    }
  }
}
