package io.fairlead.route.pool;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Makes one reply out of those of several servers to the same write.
 *
 * <p>With enough servers having taken the write, the client sees the best reply: that something was
 * done anywhere counts more than that there was nothing to do. A reply is never mixed from two.
 */
class WriteMerge implements ReplySink {
  private final ProxyLoop loop;
  private final ReplySink target;
  private final int targetSlot;
  private final int needed;

  private int pending;
  private int accepted;
  private int bestRank = -1;
  private int bestSlot;
  private ReplyCode bestCode = ReplyCode.ERROR;
  private @Nullable ByteBuf best;
  private @Nullable Failure failure;

  /**
   * @param pending replies that will come
   * @param needed servers that must take the write
   */
  WriteMerge(ProxyLoop loop, ReplySink target, int targetSlot, int pending, int needed) {
    this.loop = loop;
    this.target = target;
    this.targetSlot = targetSlot;
    this.pending = pending;
    this.needed = needed;
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    int rank = rank(code);
    accepted += rank > 0 ? 1 : 0;
    if (rank > bestRank || (rank == bestRank && slot < bestSlot)) {
      keep(slot, code, rank, in, from, length);
    }
    ended();
  }

  /** Success, then "nothing to do", then an error. */
  private static int rank(ReplyCode code) {
    if (code.isError()) {
      return 0;
    }
    return code.isSuccess() ? 2 : 1;
  }

  private void keep(int slot, ReplyCode code, int rank, ByteBuf in, int from, int length) {
    ByteBuf kept = best;
    if (kept == null) {
      kept = best = loop.outputs().take();
    }
    kept.clear().writeBytes(in, from, length);
    bestSlot = slot;
    bestCode = code;
    bestRank = rank;
  }

  @Override
  public void onMiss(int slot) {
    throw new IllegalStateException("a write has no misses");
  }

  @Override
  public void onFailure(int slot, Failure why) {
    if (failure == null) {
      failure = why;
    }
    ended();
  }

  private void ended() {
    if (--pending > 0) {
      return;
    }
    ByteBuf reply = best;
    best = null;
    boolean enough = accepted >= needed;
    if (reply != null && (enough || accepted == 0)) {
      target.onReply(targetSlot, bestCode, reply, 0, reply.readableBytes(), true);
    } else {
      target.onFailure(
          targetSlot, accepted > 0 || failure == null ? Failure.NOT_ENOUGH_REPLICAS : failure);
    }
    if (reply != null) {
      loop.outputs().giveBack(reply);
    }
  }
}
