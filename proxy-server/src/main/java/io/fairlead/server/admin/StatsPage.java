package io.fairlead.server.admin;

import io.fairlead.discovery.SourceStatus;
import io.fairlead.health.FailureKind;
import io.fairlead.health.HealthReport;
import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.server.admin.PoolTotals.ServerTotals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /stats}: every counter there is, by event loop where each counts for itself. */
final class StatsPage {
  private final AdminState state;

  StatsPage(AdminState state) {
    this.state = state;
  }

  Page page() {
    Map<String, Object> page = new LinkedHashMap<>();
    ProxyReadings readings = state.readings();
    page.put("phase", state.phaseName());
    page.put("loops", readings.loops().get().stream().map(StatsPage::counters).toList());
    page.put("servers", readings.servers().get().stream().map(StatsPage::server).toList());
    page.put("pools", PoolTotals.of(readings.pools().get()).stream().map(StatsPage::pool).toList());
    List<SourceStatus> sources = readings.sources().get();
    if (!sources.isEmpty()) {
      page.put("sources", sources.stream().map(StatsPage::source).toList());
    }
    SpoolStats spool = readings.spool().get();
    if (spool != null) {
      page.put("delete_spool", counters(spool));
    }
    return Page.json(page);
  }

  /** Counters and servers side by side, so that no name of a server can be that of a counter. */
  private static Map<String, Object> pool(PoolTotals pool) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pool", pool.pool());
    for (PoolCounter counter : PoolCounter.values()) {
      values.put(counter.statName(), pool.get(counter));
    }
    values.put("servers", pool.servers().stream().map(StatsPage::counters).toList());
    return values;
  }

  private static Map<String, Object> counters(ServerTotals server) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("server", server.server());
    for (ServerCounter counter : ServerCounter.values()) {
      values.put(counter.statName(), server.get(counter));
    }
    return values;
  }

  private static Map<String, Long> counters(LoopStats loop) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (Counter counter : Counter.values()) {
      values.put(counter.statName(), loop.get(counter));
    }
    return values;
  }

  private static Map<String, Long> counters(SpoolStats spool) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (SpoolCounter counter : SpoolCounter.values()) {
      values.put(counter.statName(), spool.get(counter));
    }
    return values;
  }

  private static Map<String, Object> server(ServerStatus status) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pool", status.pool());
    values.put("server", status.server());
    values.put("address", status.address());
    values.put("state", Words.of(status.state()));
    values.put("failures_in_a_row", status.failuresInARow());
    values.put("in_flight", status.inFlight());
    HealthReport health = status.health();
    FailureKind reason = health.reason();
    if (reason != null) {
      values.put("reason", Words.of(reason));
    }
    Duration nextProbe = health.nextProbe();
    if (nextProbe != null) {
      values.put("next_probe_ms", nextProbe.toMillis());
    }
    values.put("probes", health.probes());
    values.put("failures", byKind(health.failures()));
    values.put("ejections", byKind(health.ejections()));
    return values;
  }

  private static Map<String, Object> source(SourceStatus status) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pool", status.pool());
    values.put("source", status.source());
    values.put("identity", status.identity());
    values.put("state", Words.of(status.state()));
    values.put("servers", status.servers());
    values.put("missing", status.missing());
    values.put("failures", status.failures());
    values.put("changes", status.changes());
    values.put("last_success", String.valueOf(status.lastSuccess()));
    values.put("problem", String.valueOf(status.problem()));
    return values;
  }

  private static Map<String, Long> byKind(Map<FailureKind, Long> counts) {
    Map<String, Long> values = new LinkedHashMap<>();
    counts.forEach((kind, count) -> values.put(Words.of(kind), count));
    return values;
  }
}
