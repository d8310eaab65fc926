package io.fairlead.server.introspection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much was counted in the last minutes; for any thread. */
final class RateWindow {
  /** As long as mcrouter's. */
  private static final long LENGTH_NANOS = TimeUnit.SECONDS.toNanos(240);

  private final Deque<Past> kept = new ArrayDeque<>();
  private volatile Past oldest;

  private record Past(long nanos, Map<String, Long> totals) {}

  RateWindow(long now, Map<String, Long> totals) {
    oldest = new Past(now, totals);
    kept.add(oldest);
  }

  /** Notes what has been counted so far; by one thread only. */
  void add(long now, Map<String, Long> totals) {
    kept.add(new Past(now, totals));
    while (now - kept.getFirst().nanos > LENGTH_NANOS && kept.size() > 1) {
      kept.removeFirst();
    }
    oldest = kept.getFirst();
  }

  /** How much was counted per second, when so much is counted now. */
  double rate(String name, long now, long total) {
    Past past = oldest;
    double seconds = (now - past.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
    long counted = total - past.totals.getOrDefault(name, 0L);
    return counted <= 0 ? 0 : counted / Math.max(1, seconds);
  }
}
