package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * How long requests took, printed beside their limits.
 *
 * <p>The machine's share is measured too: threads that sleep for a millisecond at a time note how
 * late they are woken, and replies may be late by as much more. A stall that they miss spoils one
 * attempt of {@value #ATTEMPTS}; a proxy that is late is late in all of them.
 */
final class Latencies {
  private static final Duration MEDIAN_SLACK = Duration.ofMillis(20);
  private static final Duration WORST_SLACK = Duration.ofMillis(60);
  private static final int ATTEMPTS = 3;

  private final LongStream.Builder nanos = LongStream.builder();
  private final AtomicLong lateness = new AtomicLong();
  private final List<Thread> meters = new ArrayList<>();

  private Latencies() {
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread meter = new Thread(this::measureLateness, "lateness-" + i);
      meter.setDaemon(true);
      meter.start();
      meters.add(meter);
    }
  }

  private void measureLateness() {
    try {
      while (true) {
        long before = System.nanoTime();
        Thread.sleep(1);
        lateness.accumulateAndGet(System.nanoTime() - before - 1_000_000, Math::max);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the measurement is over
    }
  }

  /**
   * Runs {@code requests}, which note how long each took, and fails when a reply came after {@code
   * timeout} and a bit.
   */
  static void check(String name, Duration timeout, Consumer<Latencies> requests) {
    for (int attempt = 1; ; attempt++) {
      Latencies latencies = new Latencies();
      try {
        requests.accept(latencies);
      } finally {
        latencies.meters.forEach(Thread::interrupt);
      }
      if (latencies.areWithin(timeout, name)) {
        return;
      }
      assertThat(attempt).as("attempts of " + name).isLessThan(ATTEMPTS);
    }
  }

  /** Notes a request that was sent at that time and has its reply now. */
  void ended(long sentAt) {
    nanos.add(System.nanoTime() - sentAt);
  }

  private boolean areWithin(Duration timeout, String name) {
    long[] sorted = nanos.build().sorted().toArray();
    double late = lateness.get() / 1e6;
    double median = sorted[sorted.length / 2] / 1e6;
    double worst = sorted[sorted.length - 1] / 1e6;
    double medianLimit = timeout.plus(MEDIAN_SLACK).toMillis() + late;
    double worstLimit = timeout.plus(WORST_SLACK).toMillis() + late;
    System.out.printf(
        Locale.ROOT,
        "%-36s %5d requests  median %6.1f ms (limit %.0f)  worst %6.1f ms (limit %.0f)%n",
        name,
        sorted.length,
        median,
        medianLimit,
        worst,
        worstLimit);
    return median < medianLimit && worst < worstLimit;
  }
}
