package io.fairlead.frontend;

import io.fairlead.metrics.OutcomeCounter;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import org.jspecify.annotations.Nullable;

/** Under which name memcached counts what became of a request that is no get. */
final class Verdicts {
  private Verdicts() {}

  /** Null for what it does not count. The mode of an ma is not looked at: it counts as incr. */
  static @Nullable OutcomeCounter of(Verb verb, ReplyCode code) {
    return switch (verb) {
      case DELETE, MD -> hitOrMiss(code, OutcomeCounter.DELETE_HITS, OutcomeCounter.DELETE_MISSES);
      case INCR, MA -> hitOrMiss(code, OutcomeCounter.INCR_HITS, OutcomeCounter.INCR_MISSES);
      case DECR -> hitOrMiss(code, OutcomeCounter.DECR_HITS, OutcomeCounter.DECR_MISSES);
      case TOUCH -> hitOrMiss(code, OutcomeCounter.TOUCH_HITS, OutcomeCounter.TOUCH_MISSES);
      case MG -> hitOrMiss(code, OutcomeCounter.MG_HITS, OutcomeCounter.MG_MISSES);
      case CAS ->
          code == ReplyCode.EXISTS
              ? OutcomeCounter.CAS_BADVAL
              : hitOrMiss(code, OutcomeCounter.CAS_HITS, OutcomeCounter.CAS_MISSES);
      case MS -> code.isError() ? null : OutcomeCounter.MS_ANSWERED;
      default -> null;
    };
  }

  private static @Nullable OutcomeCounter hitOrMiss(
      ReplyCode code, OutcomeCounter hit, OutcomeCounter miss) {
    return switch (code) {
      case NOT_FOUND, NF, EN -> miss;
      default -> code.isSuccess() ? hit : null;
    };
  }
}
