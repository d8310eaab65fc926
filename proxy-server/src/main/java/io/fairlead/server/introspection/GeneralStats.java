package io.fairlead.server.introspection;

import static io.fairlead.metrics.Counters.joined;

import io.fairlead.frontend.stats.ProcessUsage;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statistics of mcrouter that are not about one server, from counters of this proxy. */
final class GeneralStats {
  /** Numbers of mcrouter that nothing here corresponds to, by the groups they belong to. */
  private static final Map<Set<Group>, List<String>> ALWAYS_ZERO =
      Map.of(
          Group.STATE,
          List.of(
              "destination_max_inflight_reqs",
              "destination_max_pending_reqs",
              "outstanding_route_get_avg_queue_size",
              "outstanding_route_get_avg_wait_time_sec",
              "outstanding_route_get_reqs_queued",
              "outstanding_route_update_avg_queue_size",
              "outstanding_route_update_avg_wait_time_sec",
              "outstanding_route_update_reqs_queued",
              "retrans_num_total",
              "retrans_per_kbyte_avg",
              "retrans_per_kbyte_max",
              "retrans_per_kbyte_sum"),
          Group.PROCESS,
          List.of(
              "client_queue_notifications",
              "fibers_allocated",
              "fibers_pool_size",
              "fibers_stack_high_watermark"),
          Set.of(Group.DETAILED, Group.ODS, Group.COUNT),
          List.of("rate_limited_log_count"));

  private final RouterFacts router;
  private final Instant startedAt = Instant.now();

  GeneralStats(RouterFacts router) {
    this.router = router;
  }

  void addTo(StatsList list, Readings readings, ConfigHistory config, Sampled sampled) {
    addAbout(list);
    addServers(list, readings, sampled.latest());
    addLoad(list, readings, sampled.latest().usage());
    addConfig(list, config);
    list.add(Group.SINCE, "dev_null_requests", joined(readings.loops(), Counter.DEV_NULL_REQUESTS));
    list.add(Group.STATE, "failover_all", joined(readings.loops(), Counter.FAILOVERS));
    list.add(
        Group.STATE, "failover_all_failed", joined(readings.loops(), Counter.FAILOVERS_FAILED));
    SpoolStats spool = readings.spool();
    list.add(
        Group.PROCESS, "asynclog_requests", spool == null ? 0 : spool.get(SpoolCounter.SPOOLED));
    ALWAYS_ZERO.forEach((groups, names) -> names.forEach(name -> list.add(groups, name, 0)));
    addTotals(list, new Totals(readings.loops()), sampled.window());
  }

  private void addAbout(StatsList list) {
    ProcessHandle process = ProcessHandle.current();
    list.add(Group.ABOUT, "version", router.version());
    // A line without a value ends the exporter.
    list.add(Group.ABOUT, "commandargs", router.arguments().isEmpty() ? "-" : router.arguments());
    list.add(Group.ABOUT, "pid", process.pid());
    list.add(Group.ABOUT, "parent_pid", process.parent().map(ProcessHandle::pid).orElse(0L));
    long now = Instant.now().getEpochSecond();
    list.add(Group.ABOUT, "time", now);
    list.add(Group.SINCE, "start_time", startedAt.getEpochSecond());
    list.add(Group.STATE, "uptime", Math.max(0, now - startedAt.getEpochSecond()));
  }

  private static void addServers(StatsList list, Readings readings, Sample sample) {
    ServerStates all = new ServerStates();
    long pending = 0;
    long inFlight = 0;
    for (PoolStats pool : readings.pools()) {
      for (ServerStats server : pool.servers()) {
        pending += server.get(ServerCounter.IN_QUEUE);
        inFlight += server.get(ServerCounter.OUT_QUEUE);
      }
    }
    ServerLines.byName(readings.pools())
        .forEach((name, stats) -> all.add(stats, sample.of(name.pool(), name.server())));
    list.add(Group.STATE, "num_servers", all.sum());
    list.add(Group.STATE, "num_servers_new", all.fresh());
    list.add(Group.STATE, "num_servers_up", all.up());
    list.add(Group.STATE, "num_servers_down", all.down());
    list.add(Group.STATE, "num_servers_closed", all.closed());
    list.add(Group.STATE, "num_suspect_servers", ServerLines.suspects(sample).size());
    list.add(Group.STATE, "destination_pending_reqs", pending);
    list.add(Group.STATE, "destination_inflight_reqs", inFlight);
    list.add(
        Group.STATE,
        "closed_inactive_connections",
        joined(readings.loops(), Counter.CONNECTIONS_IDLE));
  }

  private static void addLoad(StatsList list, Readings readings, ProcessUsage usage) {
    list.add(Group.STATE, "num_clients", joined(readings.loops(), Counter.CLIENTS));
    list.add(Group.PROCESS, "proxy_reqs_processing", joined(readings.loops(), Counter.IN_FLIGHT));
    list.add(
        Group.PROCESS, "proxy_reqs_waiting", joined(readings.loops(), Counter.CLIENTS_WAITING));
    list.add(Group.PROCESS, "duration_us", ServerLines.averageMicros(readings.pools()));
    list.add(Group.PROCESS, "rusage_user", usage.userSeconds());
    list.add(Group.PROCESS, "rusage_system", usage.systemSeconds());
    list.add(Group.PROCESS, "ps_user_time_sec", usage.userSeconds());
    list.add(Group.PROCESS, "ps_system_time_sec", usage.systemSeconds());
    list.add(Group.PROCESS, "ps_rss", usage.residentBytes());
    list.add(Group.PROCESS, "ps_vsize", usage.virtualBytes());
  }

  private static void addConfig(StatsList list, ConfigHistory config) {
    list.add(Group.SINCE, "config_age", config.age());
    list.add(Group.SINCE, "config_last_attempt", config.lastAttempt().getEpochSecond());
    list.add(Group.SINCE, "config_last_success", config.present().loadedAt().getEpochSecond());
    list.add(Group.SINCE, "config_failures", config.failures());
    list.add(Group.SINCE, "config_successes", config.successes());
  }

  private static void addTotals(StatsList list, Totals totals, RateWindow window) {
    add(list, totals.commands(), window, Group.STATE, Group.TOTAL);
    add(list, totals.sent(), window, Group.STATE, Group.TOTAL_OUT);
    add(list, totals.requests(), window, Group.SINCE, Set.of(Group.COUNT));
    add(list, totals.results(), window, Group.ERROR_RATE, Group.ERROR_TOTAL);
  }

  private static void add(
      StatsList list,
      Map<String, Long> totals,
      RateWindow window,
      Set<Group> ofRates,
      Set<Group> ofTotals) {
    long now = System.nanoTime();
    totals.forEach(
        (name, total) -> {
          list.add(ofRates, name, window.rate(name, now, total));
          list.add(ofTotals, Totals.nameOfTotal(name), total);
        });
  }
}
