package io.fairlead.server.admin;

import io.fairlead.metrics.Countable;
import io.fairlead.metrics.MemcachedStat;
import io.fairlead.metrics.MemcachedStats;
import io.fairlead.server.admin.PoolTotals.ServerTotals;
import java.util.List;
import java.util.function.Consumer;

/** What the memcached servers say of themselves, where they are asked. */
final class MemcachedMetrics {
  private MemcachedMetrics() {}

  static void addTo(Families families, List<PoolTotals> pools) {
    families.info(
        "memcached",
        "which memcached the backend is",
        rows ->
            servers(
                pools,
                (said, pool, server) ->
                    rows.add(1, "pool", pool, "backend", server, "version", said.version())));
    for (MemcachedStat stat : MemcachedStat.values()) {
      Consumer<Families.Rows> content =
          rows ->
              servers(
                  pools,
                  (said, pool, server) -> {
                    Long value = said.values().get(stat);
                    if (value != null) {
                      rows.add(value, "pool", pool, "backend", server);
                    }
                  });
      add(families, "memcached_" + stat.statName(), stat, content);
    }
  }

  private static void add(
      Families families, String name, Countable stat, Consumer<Families.Rows> content) {
    if (stat.isGauge()) {
      families.gauge(name, stat.description(), content);
    } else {
      families.counter(name, stat.description(), content);
    }
  }

  private interface Content {
    void accept(MemcachedStats said, String pool, String server);
  }

  private static void servers(List<PoolTotals> pools, Content content) {
    for (PoolTotals pool : pools) {
      for (ServerTotals server : pool.servers()) {
        MemcachedStats said = server.memcached();
        if (said != null) {
          content.accept(said, pool.pool(), server.server());
        }
      }
    }
  }
}
