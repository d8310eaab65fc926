package io.fairlead.frontend;

import io.fairlead.backend.Accounts;
import io.fairlead.backend.Failure;
import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.OutcomeCounter;
import io.fairlead.metrics.OutcomeStats;
import io.fairlead.metrics.RequestStats;
import io.fairlead.metrics.ResultCounter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** How the keys of one request fared. */
final class Outcome {
  private int hits;
  private int failed;
  private Failure failure = Failure.LOST;

  /** The reply is a server's error line instead of values. */
  private boolean refused;

  /** The first error line for one of several keys, which is the reply when all have failed. */
  private byte @Nullable [] refusal;

  void clear() {
    hits = 0;
    failed = 0;
    refused = false;
    refusal = null;
  }

  void hit() {
    hits++;
  }

  void failed(Failure why) {
    failed++;
    failure = why;
  }

  /** What is passed on to the client is an error line. */
  void refused() {
    refused = true;
  }

  boolean isRefused() {
    return refused;
  }

  /** A server has refused one of several keys with a line, of which the first is kept. */
  void refusedWith(ByteBuf in, int from, int length) {
    if (refusal == null) {
      refusal = new byte[length];
      in.getBytes(from, refusal);
    }
  }

  boolean hasFailures() {
    return failed > 0;
  }

  int failedKeys() {
    return failed;
  }

  /** Why the last one failed that did. */
  Failure failure() {
    return failure;
  }

  /** Whether the server of one of the keys has not answered in time. */
  boolean hasTimedOut() {
    return failed > 0 && failure == Failure.TIMEOUT;
  }

  /**
   * Whether a retrieval of so many keys is answered with an error.
   *
   * @param strict whether one failure is enough
   */
  boolean isFailure(int keys, boolean strict, ReplyPolicy policy) {
    boolean shown = refusal != null || !policy.errorsAreMisses();
    return failed > 0 && (strict || (failed == keys && shown));
  }

  /** With which line. */
  byte[] failureLine(ReplyPolicy policy) {
    byte[] line = refusal;
    return line != null ? line : policy.lines().of(failure);
  }

  /** Whether that line is the proxy's own. */
  boolean isOwnFailure() {
    return refusal == null;
  }

  /**
   * Counts the keys of a retrieval that is over.
   *
   * @param partial whether hits were answered although some keys failed
   */
  void count(LoopStats stats, RequestStats requests, int keys, boolean partial) {
    int found = refused ? 0 : hits;
    int lost = refused ? keys : failed;
    stats.add(Counter.GET_KEYS, keys);
    stats.add(Counter.GET_HITS, found);
    if (found > 0) {
      requests.count(CommandClass.GET, ResultCounter.FOUND, found);
    }
    int misses = keys - found - lost;
    if (misses > 0) {
      stats.add(Counter.GET_MISSES, misses);
      requests.count(CommandClass.GET, ResultCounter.NOTFOUND, misses);
    }
    if (lost > 0) {
      stats.add(Counter.GET_FAILED, lost);
      ResultCounter why = refused ? ResultCounter.REMOTE_ERROR : Accounts.of(failure);
      requests.count(CommandClass.GET, why, lost);
      if (partial && lost < keys) {
        stats.count(Counter.PARTIAL_GETS);
      }
    }
  }

  /** Counts those of a gat, which memcached counts by themselves. */
  void countTouched(OutcomeStats stats, int keys) {
    int found = refused ? 0 : hits;
    int lost = refused ? keys : failed;
    stats.add(OutcomeCounter.GAT_HITS, found);
    stats.add(OutcomeCounter.GAT_MISSES, Math.max(0, keys - found - lost));
  }
}
