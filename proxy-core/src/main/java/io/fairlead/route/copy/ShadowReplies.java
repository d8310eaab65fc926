package io.fairlead.route.copy;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;

/** Where the replies of one shadow end; it counts those that are to come. */
final class ShadowReplies implements ReplySink {
  private final LoopStats stats;
  private final ShadowCount own;
  private final ShadowCount all;

  /**
   * @param own copies for this shadow
   * @param all those for every shadow of the event loop
   */
  ShadowReplies(LoopStats stats, ShadowCount own, ShadowCount all) {
    this.stats = stats;
    this.own = own;
    this.all = all;
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

  private void end() {
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
