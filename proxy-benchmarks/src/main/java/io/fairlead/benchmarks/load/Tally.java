package io.fairlead.benchmarks.load;

import io.fairlead.testkit.load.Histogram;
import org.jspecify.annotations.Nullable;

/** What the loop has seen so far: replies, everything that was wrong with them, and their times. */
final class Tally {
  private final Histogram latency = new Histogram();
  private final Histogram lateness = new Histogram();
  private long replies;
  private long wrong;
  private long misses;
  private long errors;
  private @Nullable String problem;
  private boolean counting;
  private long countedFromNanos;

  /** Begins to keep times, those of requests due from now on. */
  void startCounting(long nowNanos) {
    latency.clear();
    lateness.clear();
    countedFromNanos = nowNanos;
    counting = true;
  }

  void stopCounting() {
    counting = false;
  }

  void onSent(long dueNanos, long nowNanos) {
    if (counting) {
      lateness.record(nowNanos - dueNanos);
    }
  }

  void onReply(long dueNanos, long nowNanos) {
    replies++;
    if (counting && dueNanos - countedFromNanos >= 0) {
      latency.record(nowNanos - dueNanos);
    }
  }

  /** A reply came that memcached would not have given. */
  void onWrong(String what) {
    wrong++;
    remember(what);
  }

  void onMisses(int keys) {
    misses += keys;
    remember("a key that had been set was missing");
  }

  /** An error reply, a closed connection or a reply that never came. */
  void onError(String what) {
    errors++;
    remember(what);
  }

  long replies() {
    return replies;
  }

  long wrong() {
    return wrong;
  }

  long misses() {
    return misses;
  }

  long errors() {
    return errors;
  }

  /** The first thing that was not right since the faults were last cleared. */
  @Nullable String problem() {
    return problem;
  }

  Histogram latency() {
    return latency;
  }

  /** How much later than due the requests were written: the generator's own share. */
  Histogram lateness() {
    return lateness;
  }

  void clearFaults() {
    wrong = 0;
    misses = 0;
    errors = 0;
    problem = null;
  }

  private void remember(String what) {
    if (problem == null) {
      problem = what;
    }
  }
}
