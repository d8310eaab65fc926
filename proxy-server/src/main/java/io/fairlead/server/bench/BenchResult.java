package io.fairlead.server.bench;

import java.util.List;

/**
 * What one address has done.
 *
 * @param asked requests per second that were due; 0 when it was as many as are answered
 * @param rate requests per second that were answered
 * @param unsent requests that were due, and waited for others until the end
 * @param problems the first few different errors
 */
public record BenchResult(
    String target,
    double asked,
    double rate,
    double seconds,
    long gets,
    long sets,
    long hits,
    long misses,
    long errors,
    long unsent,
    List<String> problems,
    Percentiles latency) {

  /** Of the times from when requests were due to their replies, in nanoseconds. */
  public record Percentiles(long p50, long p90, long p99, long p999, long longest) {}

  static BenchResult of(LoadTarget target, BenchSettings settings, double seconds) {
    Tally tally = target.tally();
    return new BenchResult(
        target.name(),
        settings.rate(),
        (tally.gets + tally.sets) / seconds,
        seconds,
        tally.gets,
        tally.sets,
        tally.hits,
        tally.misses,
        tally.errors,
        tally.unsent,
        tally.problems(),
        new Percentiles(
            tally.latency.percentile(0.5),
            tally.latency.percentile(0.9),
            tally.latency.percentile(0.99),
            tally.latency.percentile(0.999),
            tally.latency.longest()));
  }

  public long requests() {
    return gets + sets;
  }

  /** Whether the load is not that which was asked for, as the server could not take it. */
  public boolean isSaturated() {
    return unsent > 0 || rate < 0.95 * asked;
  }
}
