package io.fairlead.metrics;

/** How often requests had each result. */
public final class ResultStats extends Counters<ResultCounter> {
  ResultStats() {
    super(ResultCounter.values());
  }
}
