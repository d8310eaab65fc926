package io.fairlead.server.admin;

import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.ResultCounter;
import java.time.Duration;
import java.util.List;

/** What became of the requests of clients, by the pools and trees of routes that they lead to. */
final class RequestMetrics {
  private static final List<Duration> BOUNDS =
      List.of(
          Duration.ofNanos(100_000),
          Duration.ofNanos(250_000),
          Duration.ofNanos(500_000),
          Duration.ofMillis(1),
          Duration.ofNanos(2_500_000),
          Duration.ofMillis(5),
          Duration.ofMillis(10),
          Duration.ofMillis(25),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  private RequestMetrics() {}

  static void addTo(Families families, List<PoolTotals> pools) {
    families.counter(
        "requests",
        "requests of clients, each key of a get counted as one",
        rows -> pools.forEach(pool -> addResults(rows, pool)));
    families.histogram(
        "request_duration_seconds",
        "time from a request of a client to the end of its reply",
        BOUNDS,
        times -> pools.forEach(pool -> addTimes(times, pool)));
    for (PoolEvent event : PoolEvent.values()) {
      families.counter(
          event.statName(),
          event.description(),
          rows -> pools.forEach(pool -> rows.add(pool.get(event), "pool", pool.pool())));
    }
  }

  private static void addResults(Families.Rows rows, PoolTotals pool) {
    for (CommandClass command : CommandClass.values()) {
      for (ResultCounter result : ResultCounter.values()) {
        rows.addCounted(
            pool.get(command, result),
            "pool",
            pool.pool(),
            "command",
            command.label(),
            "result",
            result.label());
      }
    }
  }

  private static void addTimes(Families.Times times, PoolTotals pool) {
    for (CommandClass command : CommandClass.values()) {
      times.add(pool.times(command), "pool", pool.pool(), "command", command.label());
    }
  }
}
