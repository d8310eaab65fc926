package io.fairlead.server.admin;

import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.Counters;
import io.fairlead.metrics.LatencySnapshot;
import io.fairlead.metrics.MemcachedStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The counters of one pool and of its servers, over all event loops; they go on counting. */
record PoolTotals(String pool, List<PoolStats> loops, List<ServerTotals> servers) {

  private record NthServer(String name, int nth) {}

  /** Those of one server. */
  record ServerTotals(String server, List<ServerStats> loops) {
    long get(ServerCounter counter) {
      return Counters.joined(loops, counter);
    }

    /** How many requests, each key of a get counted as one, had this result. */
    long get(ResultCounter result) {
      return Counters.joined(loops.stream().map(ServerStats::results).toList(), result);
    }

    /** How long it has taken to answer. */
    LatencySnapshot times() {
      return LatencySnapshot.of(loops.stream().map(ServerStats::times).toList());
    }

    /** What it has said of itself; one event loop asks. */
    @Nullable MemcachedStats memcached() {
      return loops.stream()
          .map(ServerStats::memcached)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }

  /** Each pool once, of what each event loop has of each pool. */
  static List<PoolTotals> of(List<PoolStats> all) {
    Map<String, List<PoolStats>> pools =
        all.stream()
            .collect(
                Collectors.groupingBy(PoolStats::pool, LinkedHashMap::new, Collectors.toList()));
    List<PoolTotals> totals = new ArrayList<>();
    pools.forEach((name, loops) -> totals.add(new PoolTotals(name, loops, servers(loops))));
    return totals;
  }

  /**
   * By their names, and those of the same name in their order: while another configuration is taken
   * the event loops may have different servers.
   */
  private static List<ServerTotals> servers(List<PoolStats> loops) {
    Map<NthServer, List<ServerStats>> servers = new LinkedHashMap<>();
    for (PoolStats loop : loops) {
      Map<String, Integer> ofThatName = new HashMap<>();
      for (ServerStats stats : loop.servers()) {
        NthServer server =
            new NthServer(stats.server(), ofThatName.merge(stats.server(), 1, Integer::sum));
        servers.computeIfAbsent(server, absent -> new ArrayList<>()).add(stats);
      }
    }
    return servers.values().stream()
        .map(ofLoops -> new ServerTotals(ofLoops.get(0).server(), ofLoops))
        .toList();
  }

  long get(PoolCounter counter) {
    return Counters.joined(loops, counter);
  }

  long get(PoolEvent event) {
    return Counters.joined(loops.stream().map(PoolStats::events).toList(), event);
  }

  /** How many requests of clients, each key of a get counted as one, had this result. */
  long get(CommandClass command, ResultCounter result) {
    return Counters.joined(
        loops.stream().map(loop -> loop.requests().results(command)).toList(), result);
  }

  /** How long requests of clients took. */
  LatencySnapshot times(CommandClass command) {
    return LatencySnapshot.of(loops.stream().map(loop -> loop.requests().times(command)).toList());
  }

  /** How long those took that all commands have together. */
  LatencySnapshot times() {
    return Stream.of(CommandClass.values())
        .map(this::times)
        .reduce(LatencySnapshot.NONE, LatencySnapshot::plus);
  }
}
