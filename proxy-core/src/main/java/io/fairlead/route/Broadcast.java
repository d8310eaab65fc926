package io.fairlead.route;

import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;

/** Sends one command to every server; it has succeeded when it has succeeded everywhere. */
final class Broadcast {
  private Broadcast() {}

  static void send(
      Command command, ByteBuf in, ReplySink sink, int lane, ServerGroup servers, ProxyLoop loop) {
    int count = servers.size();
    if (count == 0) {
      sink.onFailure(0, Failure.NO_SERVERS);
      return;
    }
    ReplySink merge = new WriteMerge(loop, sink, count, count);
    for (int i = 0; i < count; i++) {
      servers.get(i).send(command, in, merge, i, lane);
    }
  }
}
