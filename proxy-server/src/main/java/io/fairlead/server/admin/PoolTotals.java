package io.fairlead.server.admin;

import io.fairlead.metrics.Counters;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The counters of one pool and of its servers, over all event loops; they go on counting. */
record PoolTotals(String pool, List<PoolStats> loops, List<ServerTotals> servers) {

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

  private static List<ServerTotals> servers(List<PoolStats> loops) {
    List<ServerStats> first = loops.get(0).servers();
    return IntStream.range(0, first.size())
        .mapToObj(
            i ->
                new ServerTotals(
                    first.get(i).server(),
                    loops.stream().map(loop -> loop.servers().get(i)).toList()))
        .toList();
  }

  long get(PoolCounter counter) {
    return Counters.joined(loops, counter);
  }
}
