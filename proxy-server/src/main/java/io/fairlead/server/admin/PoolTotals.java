package io.fairlead.server.admin;

import io.fairlead.metrics.Counters;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The counters of one pool and of its servers, over all event loops; they go on counting. */
record PoolTotals(String pool, List<PoolStats> loops, List<ServerTotals> servers) {

  private record NthServer(String name, int nth) {}

  /** Those of one server. */
  record ServerTotals(String server, List<ServerStats> loops) {
    long get(ServerCounter counter) {
      return Counters.joined(loops, counter);
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
}
