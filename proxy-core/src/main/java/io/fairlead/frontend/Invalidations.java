package io.fairlead.frontend;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;

/** The removals of old values that a client's refused stores have caused and that are not over. */
final class Invalidations implements ReplySink {
  private final ClientConnection client;
  private int pending;

  Invalidations(ClientConnection client) {
    this.client = client;
  }

  /** So many removals were sent; some may be over already. */
  void expect(int count) {
    pending += count;
  }

  boolean areOver() {
    return pending == 0;
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    ended();
  }

  @Override
  public void onMiss(int slot) {
    ended();
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    ended();
  }

  private void ended() {
    pending--;
    client.resume();
  }
}
