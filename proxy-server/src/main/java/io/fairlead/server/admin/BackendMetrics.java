package io.fairlead.server.admin;

import io.fairlead.health.FailureKind;
import io.fairlead.health.HealthReport;
import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.server.admin.PoolTotals.ServerTotals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** What is known of each server of each pool. */
final class BackendMetrics {
  /*
   * Size. Of all metrics these grow with the number of servers: a hundred of them must fit in 200 kB, so
   * that their histograms have few buckets, results are told in few words, and what has never happened
   * has no row.
   */
  private static final List<Duration> BOUNDS =
      List.of(
          Duration.ofNanos(500_000),
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          Duration.ofMillis(25),
          Duration.ofMillis(100));

  private static final double MILLIS = 1000;

  private final Families families;
  private final List<PoolTotals> pools;

  /** By pool and name; all event loops agree on the health of a server. */
  private final Map<List<String>, HealthReport> health = new LinkedHashMap<>();

  private BackendMetrics(Families families, List<PoolTotals> pools, List<ServerStatus> servers) {
    this.families = families;
    this.pools = pools;
    servers.forEach(
        server -> health.putIfAbsent(List.of(server.pool(), server.server()), server.health()));
  }

  static void addTo(Families families, List<PoolTotals> pools, List<ServerStatus> servers) {
    BackendMetrics metrics = new BackendMetrics(families, pools, servers);
    metrics.addHealth();
    metrics.addTraffic();
  }

  private void addHealth() {
    gauge(
        "backend_up",
        "1 while the backend gets requests, 0 while it is ejected",
        (report, rows) -> rows.add(report.state().isOut() ? 0 : 1));
    gauge(
        "backend_state",
        "1 for the state that the backend is in",
        (report, rows) -> rows.add(1, "state", nameOf(report.state())));
    counter(
        "backend_ejections",
        "times it was ejected",
        (report, rows) -> rows.addKinds(report.ejections()));
    counter(
        "backend_failures",
        "failures that may lead to an ejection",
        (report, rows) -> rows.addKinds(report.failures()));
    counter(
        "backend_probes",
        "probes of it while it was ejected",
        (report, rows) -> rows.addCounted(report.probes()));
    gauge(
        "backend_next_probe_seconds",
        "time until the next probe, where one is due",
        (report, rows) -> {
          Duration next = report.nextProbe();
          if (next != null) {
            rows.add(next.toMillis() / MILLIS);
          }
        });
  }

  private void gauge(String name, String help, BiConsumer<HealthReport, OfBackend> content) {
    families.gauge(name, help, rows -> each(rows, content));
  }

  private void counter(String name, String help, BiConsumer<HealthReport, OfBackend> content) {
    families.counter(name, help, rows -> each(rows, content));
  }

  private void each(Families.Rows rows, BiConsumer<HealthReport, OfBackend> content) {
    health.forEach((name, report) -> content.accept(report, new OfBackend(rows, name)));
  }

  private void addTraffic() {
    families.counter(
        "backend_requests",
        "requests to the backend, each key of a get counted as one",
        rows -> servers((pool, server) -> addResults(rows, pool, server)));
    families.histogram(
        "backend_request_duration_seconds",
        "time from sending a request to the end of the reply, or until it has timed out",
        BOUNDS,
        times ->
            servers(
                (pool, server) ->
                    times.add(server.times(), "pool", pool, "backend", server.server())));
    counted("backend_sent_bytes", "bytes of requests sent", ServerCounter.REQUEST_BYTES);
    counted("backend_received_bytes", "bytes of replies", ServerCounter.RESPONSE_BYTES);
    shown("backend_connections", "open connections", ServerCounter.SERVER_CONNECTIONS);
    shown(
        "backend_outstanding_requests",
        "requests that wait to be sent or for their reply",
        ServerCounter.IN_QUEUE,
        ServerCounter.OUT_QUEUE);
    shown(
        "backend_outstanding_bytes",
        "bytes of these",
        ServerCounter.IN_QUEUE_BYTES,
        ServerCounter.OUT_QUEUE_BYTES);
  }

  private static void addResults(Families.Rows rows, String pool, ServerTotals server) {
    for (ResultCounter result : ResultCounter.values()) {
      rows.addCounted(
          server.get(result),
          "pool",
          pool,
          "backend",
          server.server(),
          "result",
          result.shortLabel());
    }
  }

  private void counted(String name, String help, ServerCounter counter) {
    families.counter(name, help, rows -> addSums(rows, counter));
  }

  private void shown(String name, String help, ServerCounter... counters) {
    families.gauge(name, help, rows -> addSums(rows, counters));
  }

  private void addSums(Families.Rows rows, ServerCounter... counters) {
    servers(
        (pool, server) -> {
          long sum = 0;
          for (ServerCounter counter : counters) {
            sum += server.get(counter);
          }
          rows.add(sum, "pool", pool, "backend", server.server());
        });
  }

  private void servers(BiConsumer<String, ServerTotals> content) {
    pools.forEach(pool -> pool.servers().forEach(server -> content.accept(pool.pool(), server)));
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The rows of one of them, whose name has its pool before it. */
  private record OfBackend(Families.Rows rows, List<String> name) {
    void add(double value) {
      rows.add(value, "pool", name.get(0), "backend", name.get(1));
    }

    void addCounted(long value) {
      rows.addCounted(value, "pool", name.get(0), "backend", name.get(1));
    }

    void add(double value, String label, String of) {
      rows.add(value, "pool", name.get(0), "backend", name.get(1), label, of);
    }

    void addKinds(Map<FailureKind, Long> counts) {
      counts.forEach((kind, count) -> add(count, "reason", nameOf(kind)));
    }
  }
}
