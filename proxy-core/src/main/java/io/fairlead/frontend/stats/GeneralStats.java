package io.fairlead.frontend.stats;

import static io.fairlead.metrics.CommandCounter.FLUSHALL;
import static io.fairlead.metrics.Counter.CLIENTS;
import static io.fairlead.metrics.Counter.CLIENTS_ACCEPTED;
import static io.fairlead.metrics.Counter.CLIENTS_AUTHENTICATED;
import static io.fairlead.metrics.Counter.CLIENTS_NOT_AUTHENTICATED;
import static io.fairlead.metrics.Counter.CLIENTS_REJECTED;
import static io.fairlead.metrics.Counter.CMD_META;
import static io.fairlead.metrics.Counter.CMD_SET;
import static io.fairlead.metrics.Counter.CMD_TOUCH;
import static io.fairlead.metrics.Counter.EVENT_LOOPS;
import static io.fairlead.metrics.Counter.GET_HITS;
import static io.fairlead.metrics.Counter.GET_KEYS;
import static io.fairlead.metrics.Counter.GET_MISSES;
import static io.fairlead.metrics.Counter.IN_FLIGHT;
import static io.fairlead.metrics.Counter.LIMIT_VALUE;

import io.fairlead.config.ProxySettings;
import io.fairlead.metrics.CommandCounter;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.OutcomeCounter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The reply to {@code stats} without arguments: first the names of memcached, which count as they
 * do there, then what else the proxy counts.
 *
 * <p>What only servers know is 0: a proxy stores nothing, and what the servers store is not added
 * up, as it would be neither their sum (a key may be on several) nor that of the clients.
 */
final class GeneralStats {
  /** Counted by the proxy as well, but otherwise: by requests here, by keys in memcached. */
  static final Set<Counter> TOLD_AS_MEMCACHED =
      Set.of(Counter.CMD_GET, CMD_SET, CMD_TOUCH, CMD_META, GET_HITS, GET_MISSES, EVENT_LOOPS);

  private static final List<String> ONLY_SERVERS_KNOW =
      List.of(
          "get_expired",
          "get_flushed",
          "store_no_memory",
          "limit_maxbytes",
          "bytes",
          "curr_items",
          "total_items",
          "expired_unfetched",
          "evicted_unfetched",
          "evicted_active",
          "evictions",
          "reclaimed");

  private static final List<String> NEVER_HAPPENS =
      List.of("listen_disabled_num", "time_in_listen_disabled_us", "conn_yields");

  /** Reading it costs two small files. */
  private static final long USAGE_NANOS = Duration.ofSeconds(1).toNanos();

  private final long startedNanos = System.nanoTime();
  private volatile Sampled usage = new Sampled(startedNanos, ProcessUsage.read());

  private record Sampled(long nanos, ProcessUsage usage) {}

  byte[] reply(ProxySettings settings, Totals counted) {
    StatLines lines = new StatLines();
    addProcess(lines, settings, counted);
    addConnections(lines, settings, counted);
    addCommands(lines, counted);
    ONLY_SERVERS_KNOW.forEach(name -> lines.add(name, 0));
    NEVER_HAPPENS.forEach(name -> lines.add(name, 0));
    addProxy(lines, settings, counted);
    for (Counter counter : Counter.values()) {
      if (!TOLD_AS_MEMCACHED.contains(counter)) {
        lines.add(counter.statName(), counted.of(counter));
      }
    }
    return lines.end();
  }

  private void addProcess(StatLines lines, ProxySettings settings, Totals counted) {
    lines.add("pid", ProcessHandle.current().pid());
    lines.add("uptime", Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds());
    lines.add("time", System.currentTimeMillis() / 1000);
    lines.add("version", settings.version());
    lines.add("pointer_size", System.getProperty("sun.arch.data.model", "64"));
    ProcessUsage used = usage();
    lines.add("rusage_user", seconds(used.userSeconds()));
    lines.add("rusage_system", seconds(used.systemSeconds()));
    lines.add("threads", counted.of(EVENT_LOOPS));
  }

  /** Seconds and microseconds, which readers take apart at the point. */
  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private ProcessUsage usage() {
    long now = System.nanoTime();
    Sampled last = usage;
    if (now - last.nanos >= USAGE_NANOS) {
      last = new Sampled(now, ProcessUsage.read());
      usage = last;
    }
    return last.usage;
  }

  private static void addConnections(StatLines lines, ProxySettings settings, Totals counted) {
    lines.add("max_connections", settings.limits().connections());
    lines.add("curr_connections", counted.of(CLIENTS));
    lines.add("total_connections", counted.of(CLIENTS_ACCEPTED));
    lines.add("rejected_connections", counted.of(CLIENTS_REJECTED));
    lines.add("connection_structures", counted.of(CLIENTS));
    lines.add("accepting_conns", 1);
    lines.add("auth_cmds", counted.sum(CLIENTS_AUTHENTICATED, CLIENTS_NOT_AUTHENTICATED));
    lines.add("auth_errors", counted.of(CLIENTS_NOT_AUTHENTICATED));
    lines.add("bytes_read", counted.of(OutcomeCounter.BYTES_READ));
    lines.add("bytes_written", counted.of(OutcomeCounter.BYTES_WRITTEN));
  }

  private static void addCommands(StatLines lines, Totals counted) {
    long gatHits = counted.of(OutcomeCounter.GAT_HITS);
    long gatMisses = counted.of(OutcomeCounter.GAT_MISSES);
    lines.add(
        "cmd_get",
        counted.sum(GET_KEYS, OutcomeCounter.MG_HITS, OutcomeCounter.MG_MISSES)
            - counted.sum(CommandCounter.GAT, CommandCounter.GATS));
    lines.add("cmd_set", counted.sum(CMD_SET, OutcomeCounter.MS_ANSWERED));
    lines.add("cmd_flush", counted.of(FLUSHALL));
    lines.add("cmd_touch", counted.sum(CMD_TOUCH, CommandCounter.GAT, CommandCounter.GATS));
    lines.add("cmd_meta", counted.of(CMD_META));
    lines.add("get_hits", counted.sum(GET_HITS, OutcomeCounter.MG_HITS) - gatHits);
    lines.add("get_misses", counted.sum(GET_MISSES, OutcomeCounter.MG_MISSES) - gatMisses);
    lines.add("touch_hits", counted.of(OutcomeCounter.TOUCH_HITS) + gatHits);
    lines.add("touch_misses", counted.of(OutcomeCounter.TOUCH_MISSES) + gatMisses);
    for (OutcomeCounter counter :
        List.of(
            OutcomeCounter.DELETE_HITS,
            OutcomeCounter.DELETE_MISSES,
            OutcomeCounter.INCR_HITS,
            OutcomeCounter.INCR_MISSES,
            OutcomeCounter.DECR_HITS,
            OutcomeCounter.DECR_MISSES,
            OutcomeCounter.CAS_HITS,
            OutcomeCounter.CAS_MISSES,
            OutcomeCounter.CAS_BADVAL)) {
      lines.add(counter.statName(), counted.of(counter));
    }
    lines.add("store_too_large", counted.of(LIMIT_VALUE));
  }

  /** Names of memcached's own proxy. */
  private static void addProxy(StatLines lines, ProxySettings settings, Totals counted) {
    lines.add(
        "proxy_conn_requests",
        counted.sum(
            Counter.CMD_GET,
            CMD_SET,
            Counter.CMD_DELETE,
            CMD_TOUCH,
            Counter.CMD_ARITHMETIC,
            CMD_META,
            Counter.CMD_OTHER));
    lines.add("proxy_conn_errors", counted.sum(Counter.CLIENT_ERRORS, Counter.SERVER_ERRORS));
    lines.add("proxy_req_active", counted.of(IN_FLIGHT));
    lines.add(
        "proxy_backend_total",
        settings.pools().stream().mapToInt(pool -> pool.servers().size()).sum());
    lines.add("proxy_backend_marked_bad", counted.of(Counter.EJECTIONS));
    lines.add(
        "proxy_backend_failed", counted.sum(Counter.CONNECT_FAILURES, Counter.CONNECTIONS_LOST));
  }
}
