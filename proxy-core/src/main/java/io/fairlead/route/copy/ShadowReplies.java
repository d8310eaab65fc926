package io.fairlead.route.copy;

import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.PoolEvents;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Where the replies of one shadow end, unless they are compared with those of the target; it counts
 * those that are to come.
 */
final class ShadowReplies implements ReplySink {
  private static final int MOST_FREE = 1024;

  private final LoopStats stats;
  private final ShadowCount own;
  private final ShadowCount all;
  private final ExchangePool exchanges;

  /** What is counted of the pool that the shadow leads to. */
  private final PoolEvents pool;

  private final boolean compares;
  private @Nullable Comparison free;
  private int freeCount;

  /**
   * @param all copies for every shadow of the event loop
   */
  ShadowReplies(RouteContext context, Shadow shadow, PoolEvents pool, ShadowCount all) {
    this.stats = context.loop().stats();
    this.exchanges = context.exchanges();
    this.own = new ShadowCount(shadow.mostInFlight());
    this.all = all;
    this.pool = pool;
    this.compares = shadow.compares();
  }

  /** What is to be told of a request that the shadow gets as well; null to compare nothing. */
  @Nullable Comparison comparison() {
    return compares ? take() : null;
  }

  private Comparison take() {
    Comparison taken = free;
    if (taken == null) {
      return new Comparison(this, exchanges);
    }
    free = taken.nextFree;
    taken.nextFree = null;
    freeCount--;
    return taken;
  }

  /** Takes back one that is over. */
  void give(Comparison comparison) {
    if (freeCount < MOST_FREE) {
      comparison.nextFree = free;
      free = comparison;
      freeCount++;
    }
  }

  /** Counts that two replies have been compared. */
  void compared(boolean same) {
    pool.count(PoolEvent.SHADOW_COMPARED);
    if (!same) {
      pool.count(PoolEvent.SHADOW_MISMATCHES);
    }
  }

  /** Whether one more copy may be sent, which is counted if so, and as dropped if not. */
  boolean begin() {
    if (!own.hasRoom() || !all.hasRoom()) {
      dropped();
      return false;
    }
    own.begin();
    all.begin();
    stats.count(Counter.SHADOW_REQUESTS);
    return true;
  }

  /** A copy is over. */
  void end() {
    own.end();
    all.end();
  }

  void dropped() {
    stats.count(Counter.SHADOWS_DROPPED);
  }

  @Override
  public boolean relays(int slot) {
    return true; // a large value need not be kept to be dropped
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (complete) {
      end();
    }
  }

  @Override
  public void onMiss(int slot) {
    end();
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    end();
  }
}
