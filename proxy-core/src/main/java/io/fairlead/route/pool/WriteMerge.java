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
 * done anywhere counts more than that there was nothing to do. A reply is never mixed from two. The
 * client is answered as soon as enough servers have taken it and one of them has done something;
 * that there was nothing to do anywhere is known only when all have answered.
 */
class WriteMerge implements ReplySink {
  private static final int ERROR = 0;
  private static final int NOTHING_TO_DO = 1;
  private static final int SUCCESS = 2;

  private final ProxyLoop loop;
  private ReplySink target = ReplySink.NOBODY;
  private int targetSlot;
  private int needed;

  private int pending;
  private int accepted;
  private boolean answered;
  private int bestRank;
  private int bestSlot;
  private ReplyCode bestCode = ReplyCode.ERROR;
  private @Nullable ByteBuf best;
  private @Nullable Failure failure;

  WriteMerge(ProxyLoop loop) {
    this.loop = loop;
  }

  /**
   * Begins to wait for replies.
   *
   * @param replies that will come
   * @param enough servers that must take the write
   */
  final WriteMerge begin(ReplySink sink, int slot, int replies, int enough) {
    target = sink;
    targetSlot = slot;
    pending = replies;
    needed = enough;
    accepted = 0;
    answered = false;
    bestRank = -1;
    failure = null;
    return this;
  }

  /** One reply more will come. */
  final void expect() {
    pending++;
  }

  /** A server has not taken the write. */
  void missedBy(int slot) {}

  /** All have answered. */
  void finished() {}

  @Override
  public final void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    int rank = rank(code);
    accepted += rank > ERROR ? 1 : 0;
    if (!answered && (rank > bestRank || (rank == bestRank && slot < bestSlot))) {
      keep(slot, code, rank, in, from, length);
    }
    if (code.isServerFault()) {
      missedBy(slot);
    }
    ended();
  }

  /** Success, then "nothing to do", then an error. */
  private static int rank(ReplyCode code) {
    if (code.isError()) {
      return ERROR;
    }
    return code.isSuccess() ? SUCCESS : NOTHING_TO_DO;
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
  public final void onMiss(int slot) {
    throw new IllegalStateException("a write has no misses");
  }

  @Override
  public final void onFailure(int slot, Failure why) {
    if (failure == null) {
      failure = why;
    }
    missedBy(slot);
    ended();
  }

  /** One reply less will come. */
  final void ended() {
    pending--;
    boolean isEnough = accepted >= needed && bestRank == SUCCESS;
    if (!answered && (isEnough || pending == 0)) {
      answer();
    }
    if (pending == 0) {
      finished();
    }
  }

  private void answer() {
    answered = true;
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
