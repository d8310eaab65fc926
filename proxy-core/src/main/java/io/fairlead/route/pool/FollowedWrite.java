package io.fairlead.route.pool;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A write that the primary decides: only when it accepted do the other replicas follow.
 *
 * <p>A replica that does not follow would serve an old value later; the key is removed from it. It
 * is also removed from a primary that fails: whether it has done the write nobody knows, and the
 * others have not.
 */
final class FollowedWrite implements ReplySink {
  private static final int PRIMARY = -1;

  private final ProxyLoop loop;
  private final ServerGroup servers;
  private final Invalidations invalidations;
  private final ReplySink target;
  private final int targetSlot;
  private final int lane;
  private byte[] key = {};
  private int keyLength;
  private int primary;

  /** What the others are to be sent. */
  private @Nullable ByteBuf following;

  private ReplyShape shape = ReplyShape.STORAGE;
  private @Nullable ByteBuf reply;
  private ReplyCode replyCode = ReplyCode.ERROR;
  private int pending;
  private int accepted = 1;
  private int needed;

  FollowedWrite(
      ProxyLoop loop,
      ServerGroup servers,
      Invalidations invalidations,
      ReplySink target,
      int targetSlot,
      int lane) {
    this.loop = loop;
    this.servers = servers;
    this.invalidations = invalidations;
    this.target = target;
    this.targetSlot = targetSlot;
    this.lane = lane;
  }

  /** Sends it to the primary. */
  void send(Command command, ByteBuf in, int toPrimary) {
    primary = toPrimary;
    key = new byte[command.keyLength()]; // decoded it is shorter
    keyLength = command.copyKey(in, key);
    shape = ReplyShape.of(command.verb());
    ByteBuf copy = loop.outputs().take();
    RequestWriter.followingLine(copy, command, in);
    if (command.valueLength() >= 0) {
      copy.writeBytes(in, command.lineEnd(), command.valueLength() + 2);
    }
    following = copy;
    servers.get(primary).send(command, in, this, PRIMARY, lane);
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
      if (code.isServerFault()) {
        invalidateAll(); // memcached drops the old value when there is no room for a new one
      }
      release();
      return;
    }
    replyCode = code;
    reply = loop.outputs().take().writeBytes(in, from, length);
    follow();
  }

  private void invalidateAll() {
    for (int i = servers.firstUp(0); i >= 0; i = servers.firstUp(i + 1)) {
      invalidations.missedBy(i, key, keyLength, lane);
    }
  }

  private void follow() {
    ByteBuf request = following;
    assert request != null;
    WritePolicy policy = servers.settings().replicas().writes();
    needed = policy.needed(servers.countUp(), servers.size());
    pending = 1; // held until every follower has been sent to
    for (int i = 0; i < servers.size(); i++) {
      if (i != primary && servers.get(i).isUp()) {
        pending++;
        servers.get(i).sendOwned(request.retainedDuplicate(), shape, this, i, lane);
      }
    }
    invalidations.missedByThoseOut(key, keyLength, lane);
    ended();
  }

  private void followed(int slot, boolean success, boolean agreed) {
    if (agreed) {
      accepted++;
    }
    if (!agreed) {
      invalidations.missedBy(slot, key, keyLength, lane);
    } else if (!success) {
      invalidations.delete(slot, key, keyLength, lane);
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
      invalidations.missedBy(primary, key, keyLength, lane);
      target.onFailure(targetSlot, failure);
      release();
    } else {
      followed(slot, false, false);
    }
  }

  private void ended() {
    pending--;
    ByteBuf answer = reply;
    if (answer != null && (accepted >= needed || pending == 0)) {
      reply = null;
      answer(answer);
    }
    if (pending == 0) {
      release();
    }
  }

  private void answer(ByteBuf answer) {
    if (accepted >= needed) {
      target.onReply(targetSlot, replyCode, answer, 0, answer.readableBytes(), true);
    } else {
      target.onFailure(targetSlot, Failure.NOT_ENOUGH_REPLICAS);
    }
    loop.outputs().giveBack(answer);
  }

  private void release() {
    ByteBuf request = following;
    if (request != null) {
      following = null;
      loop.outputs().giveBack(request);
    }
  }
}
