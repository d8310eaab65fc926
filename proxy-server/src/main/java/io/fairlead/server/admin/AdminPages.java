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
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Which path answers what. The phase may change on any thread; pages are made on the admin loop,
 * those that ask the event loops of the proxy on another thread, as loops may not answer.
 */
final class AdminPages {
  static final String METRICS = "/metrics";

  static final List<String> PATHS =
      List.of("/livez", "/readyz", "/startupz", METRICS, "/version", "/stats");

  static final String RELOAD = "/reload";

  private final String version;
  // Made when first asked for, because it takes a good part of the time of a start.
  private @Nullable Metrics metrics;
  private volatile ProxyReadings readings = ProxyReadings.NONE;
  private volatile @Nullable Reloading reloading;
  private volatile Phase phase = Phase.STARTING;

  AdminPages(String version) {
    this.version = version;
  }

  void onReady(ProxyReadings ofProxy) {
    readings = ofProxy;
    phase = Phase.READY;
  }

  void onReloadable(Reloading config) {
    reloading = config;
  }

  void onDraining() {
    phase = Phase.DRAINING;
  }

  /** Whether a page takes as long as the event loops of the proxy want. */
  static boolean asksLoops(String path) {
    return path.equals(METRICS) || path.equals("/stats");
  }

  /** The page at {@code path}, which has no query. */
  Page page(String path) {
    return switch (path) {
      case "/livez" -> liveness();
      case "/readyz" -> phase == Phase.READY ? Page.text("ok\n" + remarks()) : probe(false);
      case "/startupz" -> probe(phase != Phase.STARTING);
      case METRICS -> metrics(null);
      case "/version" -> Page.json(HttpResponseStatus.OK, version());
      case "/stats" -> Page.json(HttpResponseStatus.OK, stats());
      default -> notFound();
    };
  }

  /** Asks for the configuration to be read again; the page may come from another thread. */
  CompletionStage<Page> reload() {
    Reloading config = reloading;
    if (config == null) {
      return CompletableFuture.completedStage(
          Page.error(HttpResponseStatus.CONFLICT, "there is no file to read again"));
    }
    return config.reload().thenApply(AdminPages::outcome);
  }

  private static Page outcome(ConfigStatus status) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("in_use", status.isInUse());
    page.put("hash", status.hash());
    page.put("problems", status.problems());
    page.put("take_restart", status.takeRestart());
    return Page.json(
        status.isInUse() ? HttpResponseStatus.OK : HttpResponseStatus.UNPROCESSABLE_ENTITY, page);
  }

  private String remarks() {
    Reloading config = reloading;
    return config == null ? "" : config.status().remarks();
  }

  private Page liveness() {
    List<String> stuck = readings.stuckLoops().get();
    return stuck.isEmpty()
        ? Page.text("ok\n")
        : Page.error(HttpResponseStatus.SERVICE_UNAVAILABLE, String.join("; ", stuck));
  }

  private Page probe(boolean passed) {
    return passed
        ? Page.text("ok\n")
        : Page.error(HttpResponseStatus.SERVICE_UNAVAILABLE, phase.name().toLowerCase(Locale.ROOT));
  }

  /** The metrics in a form that {@code accept} asks for; null when nothing is asked for. */
  Page metrics(@Nullable String accept) {
    String form = Metrics.formFor(accept);
    return new Page(HttpResponseStatus.OK, form, allMetrics().scrape(form));
  }

  private synchronized Metrics allMetrics() {
    Metrics present = metrics;
    if (present == null) {
      present = new Metrics(() -> readings, () -> reloading, version);
      metrics = present;
    }
    return present;
  }

  private Map<String, Object> version() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("version", version);
    page.put("java", Runtime.version().toString());
    return page;
  }

  private Map<String, Object> stats() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("phase", phase.name().toLowerCase(Locale.ROOT));
    page.put("loops", readings.loops().get().stream().map(AdminPages::counters).toList());
    page.put("servers", readings.servers().get().stream().map(AdminPages::server).toList());
    page.put(
        "pools", PoolTotals.of(readings.pools().get()).stream().map(AdminPages::pool).toList());
    List<SourceStatus> sources = readings.sources().get();
    if (!sources.isEmpty()) {
      page.put("sources", sources.stream().map(AdminPages::source).toList());
    }
    SpoolStats spool = readings.spool().get();
    if (spool != null) {
      page.put("delete_spool", counters(spool));
    }
    return page;
  }

  /** Counters and servers side by side, so that no name of a server can be that of a counter. */
  private static Map<String, Object> pool(PoolTotals pool) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pool", pool.pool());
    for (PoolCounter counter : PoolCounter.values()) {
      values.put(counter.statName(), pool.get(counter));
    }
    values.put("servers", pool.servers().stream().map(AdminPages::counters).toList());
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
    values.put("state", status.state().name().toLowerCase(Locale.ROOT));
    values.put("failures_in_a_row", status.failuresInARow());
    values.put("in_flight", status.inFlight());
    HealthReport health = status.health();
    FailureKind reason = health.reason();
    if (reason != null) {
      values.put("reason", nameOf(reason));
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
    values.put("state", status.state().name().toLowerCase(Locale.ROOT));
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
    counts.forEach((kind, count) -> values.put(nameOf(kind), count));
    return values;
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Page notFound() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("error", "no such path");
    page.put("paths", PATHS);
    page.put("post", List.of(RELOAD));
    return Page.json(HttpResponseStatus.NOT_FOUND, page);
  }
}
