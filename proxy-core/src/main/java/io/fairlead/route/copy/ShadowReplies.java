package io.fairlead.route.copy;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;

/** Where the replies of all shadows of an event loop end; it counts those that are to come. */
final class ShadowReplies implements ReplySink {
  /** mcrouter's default for each of its proxy threads. */
  static final int MOST_IN_FLIGHT = 1000;

  private final LoopStats stats;
  private int inFlight;

  ShadowReplies(LoopStats stats) {
    this.stats = stats;
  }

  /** Whether one more copy may be sent, which is counted if so, and as dropped if not. */
  boolean begin() {
    if (inFlight >= MOST_IN_FLIGHT) {
      dropped();
      return false;
    }
    inFlight++;
    stats.count(Counter.SHADOW_REQUESTS);
    return true;
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
    inFlight -= complete ? 1 : 0;
  }

  @Override
  public void onMiss(int slot) {
    inFlight--;
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    inFlight--;
  }
}
