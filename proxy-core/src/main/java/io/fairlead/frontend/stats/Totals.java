package io.fairlead.frontend.stats;

import io.fairlead.metrics.CommandCounter;
import io.fairlead.metrics.Countable;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.Counters;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.OutcomeCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all event loops have counted together, or since a moment. */
final class Totals {
  static final Totals NONE = new Totals(Map.of());

  private final Map<Countable, Long> values;

  private Totals(Map<Countable, Long> values) {
    this.values = values;
  }

  static Totals of(List<LoopStats> loops) {
    Map<Countable, Long> values = new HashMap<>();
    for (Counter counter : Counter.values()) {
      values.put(counter, Counters.joined(loops, counter));
    }
    for (OutcomeCounter counter : OutcomeCounter.values()) {
      values.put(
          counter, Counters.joined(loops.stream().map(LoopStats::outcomes).toList(), counter));
    }
    for (CommandCounter counter : CommandCounter.values()) {
      values.put(
          counter, Counters.joined(loops.stream().map(LoopStats::received).toList(), counter));
    }
    return new Totals(values);
  }

  /** What was counted since then; what goes up and down stays what it is. */
  Totals since(Totals before) {
    Map<Countable, Long> rest = new HashMap<>();
    values.forEach(
        (counter, value) ->
            rest.put(counter, counter.isGauge() ? value : value - before.of(counter)));
    return new Totals(rest);
  }

  long of(Countable counter) {
    return values.getOrDefault(counter, 0L);
  }

  long sum(Countable... counters) {
    long sum = 0;
    for (Countable counter : counters) {
      sum += of(counter);
    }
    return sum;
  }
}
