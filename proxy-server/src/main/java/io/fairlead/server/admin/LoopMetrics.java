package io.fairlead.server.admin;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.Counters;
import io.fairlead.metrics.LoopStats;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** How the event loops do, and what they count that no other metric tells. */
final class LoopMetrics {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Those that are told in more detail elsewhere, or under another name. */
  private static final Set<Counter> TOLD_ELSEWHERE =
      Set.of(
          Counter.CLIENTS,
          Counter.CLIENTS_ACCEPTED,
          Counter.CLIENTS_REJECTED,
          Counter.CMD_GET,
          Counter.CMD_SET,
          Counter.CMD_DELETE,
          Counter.CMD_TOUCH,
          Counter.CMD_ARITHMETIC,
          Counter.CMD_META,
          Counter.CMD_OTHER,
          Counter.GET_KEYS,
          Counter.GET_HITS,
          Counter.GET_MISSES,
          Counter.GET_FAILED,
          Counter.COALESCED_KEYS,
          Counter.SHARED_KEYS,
          Counter.RETRIES,
          Counter.TIMEOUTS,
          Counter.EJECTIONS,
          Counter.PROBES,
          Counter.REPAIRS,
          Counter.FAILOVERS,
          Counter.FAILOVERS_FAILED,
          Counter.BUFFERED_BYTES,
          Counter.SERVER_BUFFERED_BYTES,
          Counter.SERVER_REQUESTS,
          Counter.OVERLOAD,
          Counter.TURNS,
          Counter.RESTS,
          Counter.BUSY_NANOS);

  private LoopMetrics() {}

  static void addTo(Families families, List<LoopStats> loops, List<Duration> lags) {
    families.gauge(
        "event_loop_lag_seconds",
        "how late the event loop came to new work, measured once a second",
        rows -> {
          for (int i = 0; i < lags.size(); i++) {
            rows.add(lags.get(i).toNanos() / NANOS, "loop", Integer.toString(i));
          }
        });
    families.counter(
        "event_loop_busy_seconds",
        "time in which the event loop was at work, and did not wait for any",
        rows -> each(rows, loops, loop -> loop.get(Counter.BUSY_NANOS) / NANOS));
    families.counter(
        "event_loop_turns",
        Counter.TURNS.description(),
        rows -> each(rows, loops, loop -> loop.get(Counter.TURNS)));
    families.gauge(
        "overload_state",
        Counter.OVERLOAD.description(),
        rows -> each(rows, loops, loop -> loop.get(Counter.OVERLOAD)));
    families.counter(
        "sent_requests",
        Counter.SERVER_REQUESTS.description(),
        rows -> rows.add(Counters.joined(loops, Counter.SERVER_REQUESTS)));
    for (Counter counter : Counter.values()) {
      if (!TOLD_ELSEWHERE.contains(counter)) {
        addSum(families, loops, counter);
      }
    }
  }

  private static void each(
      Families.Rows rows, List<LoopStats> loops, ToDoubleFunction<LoopStats> value) {
    for (int i = 0; i < loops.size(); i++) {
      rows.add(value.applyAsDouble(loops.get(i)), "loop", Integer.toString(i));
    }
  }

  private static void addSum(Families families, List<LoopStats> loops, Counter counter) {
    long sum = Counters.joined(loops, counter);
    if (counter.isGauge()) {
      families.gauge(counter.statName(), counter.description(), rows -> rows.add(sum));
    } else {
      families.counter(counter.statName(), counter.description(), rows -> rows.add(sum));
    }
  }
}
