package io.fairlead.server.introspection;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.Counters;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ResultStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What mcrouter tells of each server, in its form. */
final class ServerLines {
  private static final double NANOS_PER_MICRO = 1000;

  private ServerLines() {}

  /** A server of a pool. */
  record Name(String pool, String server) {}

  /** What is known of the servers with one address and one time-out, whatever their pools. */
  private static final class Destination {
    final List<ServerStats> stats = new ArrayList<>();
    final ServerStates states = new ServerStates();
    boolean ejected;
    boolean failing;
  }

  /** The counters of all event loops for each server. */
  static Map<Name, List<ServerStats>> byName(List<PoolStats> pools) {
    Map<Name, List<ServerStats>> servers = new LinkedHashMap<>();
    for (PoolStats pool : pools) {
      for (ServerStats server : pool.servers()) {
        Name name = new Name(pool.pool(), server.server());
        servers.computeIfAbsent(name, unknown -> new ArrayList<>()).add(server);
      }
    }
    return servers;
  }

  /** What {@code stats servers} answers: by the name of the destination. */
  static Map<String, String> servers(Readings readings, Sample sample) {
    Map<Name, List<ServerStats>> counted = byName(readings.pools());
    Map<String, Destination> destinations = new TreeMap<>();
    for (PoolSettings pool : readings.settings().pools()) {
      for (ServerSettings server : pool.servers()) {
        Name name = new Name(pool.name(), server.name());
        List<ServerStats> stats = counted.getOrDefault(name, List.of());
        Destination destination =
            destinations.computeIfAbsent(identity(pool, server), unknown -> new Destination());
        List<ServerStatus> seen = sample.of(pool.name(), server.name());
        destination.stats.addAll(stats);
        destination.states.add(stats, seen);
        destination.ejected |= seen.stream().anyMatch(Sample::isEjected);
        destination.failing |= seen.stream().anyMatch(each -> each.failuresInARow() > 0);
      }
    }
    Map<String, String> lines = new LinkedHashMap<>();
    destinations.forEach((name, destination) -> lines.put(name, line(destination)));
    return lines;
  }

  private static String identity(PoolSettings pool, ServerSettings server) {
    return server.address() + ":ascii:plain:notcompressed-" + pool.timeout().toMillis();
  }

  private static String line(Destination destination) {
    List<ServerStats> stats = destination.stats;
    String tko = destination.ejected ? " hard_tko;" : destination.failing ? " soft_tko;" : "";
    return String.format(
            Locale.ROOT,
            "avg_latency_us:%.3f pending_reqs:%d inflight_reqs:%d%s"
                + " avg_retrans_ratio:0 max_retrans_ratio:0 min_retrans_ratio:0",
            micros(stats),
            Counters.joined(stats, ServerCounter.IN_QUEUE),
            Counters.joined(stats, ServerCounter.OUT_QUEUE),
            tko)
        + destination.states
        + results(stats);
  }

  private static String results(List<ServerStats> stats) {
    List<ResultStats> results = stats.stream().map(ServerStats::results).toList();
    StringBuilder out = new StringBuilder();
    for (ResultCounter result : ResultCounter.values()) {
      long count = Counters.joined(results, result);
      if (count > 0) {
        out.append(out.isEmpty() ? "; " : " ").append(result.statName()).append(':').append(count);
      }
    }
    return out.toString();
  }

  private static double micros(List<ServerStats> stats) {
    return stats.stream()
            .mapToLong(server -> server.latency().averageNanos())
            .filter(nanos -> nanos > 0)
            .average()
            .orElse(0)
        / NANOS_PER_MICRO;
  }

  /** How long replies take on average, over all servers that have answered. */
  static double averageMicros(List<PoolStats> pools) {
    return micros(pools.stream().flatMap(pool -> pool.servers().stream()).toList());
  }

  /** What {@code stats suspect_servers} answers: by address. */
  static Map<String, String> suspects(Sample sample) {
    Map<String, Integer> failures = new TreeMap<>();
    Map<String, Boolean> ejected = new TreeMap<>();
    for (ServerStatus status : sample.servers()) {
      if (Sample.isEjected(status) || status.failuresInARow() > 0) {
        failures.merge(status.address(), status.failuresInARow(), Math::max);
        ejected.merge(status.address(), Sample.isEjected(status), Boolean::logicalOr);
      }
    }
    Map<String, String> lines = new LinkedHashMap<>();
    failures.forEach(
        (address, count) ->
            lines.put(
                address,
                "status:"
                    + (ejected.getOrDefault(address, false) ? "tko" : "down")
                    + " num_failures:"
                    + count));
    return lines;
  }
}
