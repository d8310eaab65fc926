package io.fairlead.frontend;

import io.fairlead.metrics.MemcachedCounter;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import org.jspecify.annotations.Nullable;

/** Under which name memcached counts what became of a request that is no get. */
final class Verdicts {
  private Verdicts() {}

  /** Null for what it does not count. The mode of an ma is not looked at: it counts as incr. */
  static @Nullable MemcachedCounter of(Verb verb, ReplyCode code) {
    return switch (verb) {
      case DELETE, MD ->
          hitOrMiss(code, MemcachedCounter.DELETE_HITS, MemcachedCounter.DELETE_MISSES);
      case INCR, MA -> hitOrMiss(code, MemcachedCounter.INCR_HITS, MemcachedCounter.INCR_MISSES);
      case DECR -> hitOrMiss(code, MemcachedCounter.DECR_HITS, MemcachedCounter.DECR_MISSES);
      case TOUCH -> hitOrMiss(code, MemcachedCounter.TOUCH_HITS, MemcachedCounter.TOUCH_MISSES);
      case MG -> hitOrMiss(code, MemcachedCounter.MG_HITS, MemcachedCounter.MG_MISSES);
      case CAS ->
          code == ReplyCode.EXISTS
              ? MemcachedCounter.CAS_BADVAL
              : hitOrMiss(code, MemcachedCounter.CAS_HITS, MemcachedCounter.CAS_MISSES);
      case MS -> code.isError() ? null : MemcachedCounter.MS_ANSWERED;
      default -> null;
    };
  }

  private static @Nullable MemcachedCounter hitOrMiss(
      ReplyCode code, MemcachedCounter hit, MemcachedCounter miss) {
    return switch (code) {
      case NOT_FOUND, NF, EN -> miss;
      default -> code.isSuccess() ? hit : null;
    };
  }
}
