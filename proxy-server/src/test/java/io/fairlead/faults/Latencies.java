package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How long requests took, printed beside their limits.
 *
 * <p>The machine's share is measured too: a thread that sleeps for a millisecond at a time notes
 * how late it is woken, and the worst request may be late by as much more.
 */
final class Latencies implements AutoCloseable {
  private static final Duration MEDIAN_SLACK = Duration.ofMillis(20);
  private static final Duration WORST_SLACK = Duration.ofMillis(60);

  private final String name;
  private final LongStream.Builder nanos = LongStream.builder();
  private final Thread meter = new Thread(this::measureLateness, "lateness");
  private volatile long latest;
  private volatile boolean stopped;

  Latencies(String name) {
    this.name = name;
    meter.setDaemon(true);
    meter.start();
  }

  private void measureLateness() {
    while (!stopped) {
      long before = System.nanoTime();
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        return;
      }
      latest = Math.max(latest, System.nanoTime() - before - 1_000_000);
    }
  }

  /** Notes a request that was sent at that time and has its reply now. */
  void ended(long sentAt) {
    nanos.add(System.nanoTime() - sentAt);
  }

  /** Prints median and worst, and fails when a reply came after {@code timeout} and a bit. */
  void check(Duration timeout) {
    long[] sorted = nanos.build().sorted().toArray();
    double median = millis(sorted[sorted.length / 2]);
    double worst = millis(sorted[sorted.length - 1]);
    double medianLimit = millis(timeout.plus(MEDIAN_SLACK).toNanos());
    double worstLimit = millis(timeout.plus(WORST_SLACK).toNanos() + latest);
    System.out.printf(
        Locale.ROOT,
        "%-44s %5d requests  median %7.1f ms (limit %.0f)  worst %7.1f ms (limit %.0f)%n",
        name,
        sorted.length,
        median,
        medianLimit,
        worst,
        worstLimit);
    assertThat(median).as("median in ms of " + name).isLessThan(medianLimit);
    assertThat(worst).as("worst in ms of " + name).isLessThan(worstLimit);
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  @Override
  public void close() {
    stopped = true;
    meter.interrupt();
  }
}
