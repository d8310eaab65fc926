package io.fairlead.frontend.stats;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.HealthReport;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code stats proxy}: the configuration, event loops, pools and servers, a line for each fact. */
final class ServerStates {
  private static final List<Counter> OF_LOOP =
      List.of(
          Counter.CLIENTS,
          Counter.CLIENTS_ACCEPTED,
          Counter.SERVER_REQUESTS,
          Counter.IN_FLIGHT,
          Counter.BUFFERED_BYTES,
          Counter.TURNS);

  private static final List<ServerCounter> OF_SERVER =
      List.of(
          ServerCounter.SERVER_CONNECTIONS,
          ServerCounter.REQUESTS,
          ServerCounter.RESPONSES,
          ServerCounter.IN_QUEUE,
          ServerCounter.OUT_QUEUE,
          ServerCounter.SERVER_ERR,
          ServerCounter.SERVER_TIMEDOUT);

  private ServerStates() {}

  static byte[] reply(ProxyFigures figures) {
    StatLines lines = new StatLines();
    String hash = figures.configHash();
    lines.add("config_hash", hash.isEmpty() ? "none" : hash);
    addLoops(lines, figures.loops());
    List<PoolStats> counted = figures.pools();
    Map<String, Map<String, HealthReport>> health = figures.health();
    for (PoolSettings pool : figures.settings().pools()) {
      List<PoolStats> ofPool =
          counted.stream().filter(stats -> stats.pool().equals(pool.name())).toList();
      addPool(lines, pool, ofPool);
      Map<String, HealthReport> reports = health.getOrDefault(pool.name(), Map.of());
      for (ServerSettings server : pool.servers()) {
        addServer(lines, pool.name(), server, reports.get(server.name()), ofPool);
      }
    }
    return lines.end();
  }

  private static void addLoops(StatLines lines, List<LoopStats> loops) {
    lines.add("loops", loops.size());
    for (int i = 0; i < loops.size(); i++) {
      for (Counter counter : OF_LOOP) {
        lines.add("loop:" + i + ":" + counter.statName(), loops.get(i).get(counter));
      }
    }
  }

  private static void addPool(StatLines lines, PoolSettings pool, List<PoolStats> counted) {
    String name = "pool:" + pool.name() + ":";
    lines.add(name + "mode", word(pool.mode()));
    lines.add(name + "servers", pool.servers().size());
    for (PoolCounter counter : List.of(PoolCounter.CLIENT_CONNECTIONS, PoolCounter.FORWARD_ERROR)) {
      lines.add(
          name + counter.statName(), counted.stream().mapToLong(loop -> loop.get(counter)).sum());
    }
  }

  private static void addServer(
      StatLines lines,
      String pool,
      ServerSettings server,
      @Nullable HealthReport health,
      List<PoolStats> counted) {
    String name = "server:" + pool + ":" + server.name() + ":";
    lines.add(name + "address", server.address());
    if (health != null) {
      lines.add(name + "state", word(health.state()));
      lines.add(name + "reason", health.reason() == null ? "none" : word(health.reason()));
      lines.add(name + "failures_in_a_row", health.failuresInARow());
      lines.add(name + "ejections", sum(health.ejections()));
      lines.add(
          name + "next_probe_ms",
          health.nextProbe() == null ? "none" : health.nextProbe().toMillis());
    }
    List<ServerStats> stats =
        counted.stream()
            .flatMap(loop -> loop.servers().stream())
            .filter(each -> each.server().equals(server.name()))
            .toList();
    for (ServerCounter counter : OF_SERVER) {
      lines.add(
          name + counter.statName(), stats.stream().mapToLong(loop -> loop.get(counter)).sum());
    }
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
