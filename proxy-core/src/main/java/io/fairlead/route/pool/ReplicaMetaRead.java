package io.fairlead.route.pool;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.netty.buffer.ByteBuf;

/** Asks one replica after the other for the answer to a meta command that changes nothing. */
final class ReplicaMetaRead implements ReplySink {
  private final ServerGroup servers;
  private final ReplySink target;
  private final int targetSlot;
  private final ByteBuf request;
  private final ReplyShape shape;
  private final int lane;
  private int server;
  private boolean relayed;

  /**
   * @param request taken
   */
  ReplicaMetaRead(
      ServerGroup servers,
      ReplySink target,
      int targetSlot,
      ByteBuf request,
      ReplyShape shape,
      int lane) {
    this.servers = servers;
    this.target = target;
    this.targetSlot = targetSlot;
    this.request = request;
    this.shape = shape;
    this.lane = lane;
  }

  void ask(int index) {
    server = index;
    servers.get(index).sendOwned(request.retainedDuplicate(), shape, this, 0, lane);
  }

  @Override
  public boolean relays(int slot) {
    return target.relays(targetSlot);
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    int following = code == ReplyCode.EN ? servers.firstUp(server + 1) : -1;
    if (following >= 0) {
      ask(following);
      return;
    }
    relayed = true;
    target.onReply(targetSlot, code, in, from, length, complete);
    if (complete) {
      request.release();
    }
  }

  @Override
  public void onMiss(int slot) {
    throw new IllegalStateException("a meta command has no misses");
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    int following = relayed ? -1 : servers.firstUp(server + 1);
    if (following >= 0) {
      ask(following);
      return;
    }
    target.onFailure(targetSlot, failure);
    request.release();
  }
}
