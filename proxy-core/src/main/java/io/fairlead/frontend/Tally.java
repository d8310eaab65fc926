package io.fairlead.frontend;

import io.fairlead.backend.Failure;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;

/** How the keys of one request fared. */
final class Tally {
  private int hits;
  private int failed;
  private Failure failure = Failure.LOST;

  void clear() {
    hits = 0;
    failed = 0;
  }

  void hit() {
    hits++;
  }

  void failed(Failure why) {
    failed++;
    failure = why;
  }

  boolean hasFailures() {
    return failed > 0;
  }

  boolean haveAllFailed(int keys) {
    return failed == keys;
  }

  int failedKeys() {
    return failed;
  }

  /** Why the last one failed that did. */
  Failure failure() {
    return failure;
  }

  /** What was taken for a value is an error line. */
  void refuseAll(int keys) {
    hits = 0;
    failed = keys;
  }

  /**
   * Counts the keys of a retrieval that is over.
   *
   * @param partial whether hits were answered although some keys failed
   */
  void count(LoopStats stats, int keys, boolean partial) {
    stats.add(Counter.GET_KEYS, keys);
    stats.add(Counter.GET_HITS, hits);
    int misses = keys - hits - failed;
    if (misses > 0) {
      stats.add(Counter.GET_MISSES, misses);
    }
    if (failed > 0) {
      stats.add(Counter.GET_FAILED, failed);
      if (partial && failed < keys) {
        stats.count(Counter.PARTIAL_GETS);
      }
    }
  }
}
