package io.fairlead.route.pool;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;

/** Sends one command to every server; it has succeeded when it has succeeded everywhere. */
final class Broadcast {
  private Broadcast() {}

  static void send(
      Command command,
      ByteBuf in,
      ReplySink sink,
      int slot,
      int lane,
      ServerGroup servers,
      ProxyLoop loop) {
    int count = servers.size();
    if (count == 0) {
      sink.onFailure(slot, Failure.NO_SERVERS);
      return;
    }
    servers.broadcast(command, in, ServerGroup.mergeOfAll(loop, sink, slot, count), lane);
  }
}
