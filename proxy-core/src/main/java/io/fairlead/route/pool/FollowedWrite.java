package io.fairlead.route.pool;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A write whose outcome depends on what is stored: the primary decides, and only when it accepted
 * do the other replicas follow.
 *
 * <p>A replica that does not follow would serve an old value later; the key is removed from it.
 */
final class FollowedWrite implements ReplySink {
  private static final int PRIMARY = -1;

  private final ProxyLoop loop;
  private final ServerGroup servers;
  private final ReplySink target;
  private final int targetSlot;
  private final int primary;
  private final int needed;
  private final int lane;
  private final ByteBuf following;
  private final ReplyShape followingShape;
  private final ByteBuf invalidation;
  private final ReplyShape invalidationShape;

  private @Nullable ByteBuf reply;
  private ReplyCode replyCode = ReplyCode.ERROR;
  private int pending;
  private int accepted = 1;

  /**
   * @param following the request for the other replicas; taken
   * @param invalidation the request that removes the key; taken
   */
  FollowedWrite(
      ProxyLoop loop,
      ServerGroup servers,
      ReplySink target,
      int targetSlot,
      int primary,
      int needed,
      int lane,
      ByteBuf following,
      ReplyShape followingShape,
      ByteBuf invalidation,
      ReplyShape invalidationShape) {
    this.loop = loop;
    this.servers = servers;
    this.target = target;
    this.targetSlot = targetSlot;
    this.primary = primary;
    this.needed = needed;
    this.lane = lane;
    this.following = following;
    this.followingShape = followingShape;
    this.invalidation = invalidation;
    this.invalidationShape = invalidationShape;
  }

  /** The slot under which the primary's reply is awaited. */
  static int primarySlot() {
    return PRIMARY;
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (slot != PRIMARY) {
      // One that answers does not stand in the way: what it could not change is removed from it.
      followed(slot, code.isSuccess(), !code.isServerFault());
      return;
    }
    if (!code.isSuccess()) {
      target.onReply(targetSlot, code, in, from, length, true);
      release();
      return;
    }
    replyCode = code;
    reply = loop.outputs().take().writeBytes(in, from, length);
    follow();
  }

  private void follow() {
    pending = 1; // held until every follower has been sent to
    for (int i = 0; i < servers.size(); i++) {
      if (i != primary && servers.get(i).isUp()) {
        pending++;
        servers.get(i).sendOwned(following.retainedDuplicate(), followingShape, this, i, lane);
      }
    }
    ended();
  }

  private void followed(int slot, boolean success, boolean agreed) {
    if (agreed) {
      accepted++;
    }
    if (!success) {
      servers
          .get(slot)
          .sendOwned(
              invalidation.retainedDuplicate(), invalidationShape, ReplySink.NOBODY, 0, lane);
    }
    ended();
  }

  @Override
  public void onMiss(int slot) {
    throw new IllegalStateException("a write has no misses");
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    if (slot == PRIMARY) {
      target.onFailure(targetSlot, failure);
      release();
    } else {
      followed(slot, false, false);
    }
  }

  private void ended() {
    if (--pending > 0) {
      return;
    }
    ByteBuf answer = reply;
    reply = null;
    assert answer != null;
    if (accepted >= needed) {
      target.onReply(targetSlot, replyCode, answer, 0, answer.readableBytes(), true);
    } else {
      target.onFailure(targetSlot, Failure.NOT_ENOUGH_REPLICAS);
    }
    loop.outputs().giveBack(answer);
    release();
  }

  private void release() {
    following.release();
    invalidation.release();
  }
}
