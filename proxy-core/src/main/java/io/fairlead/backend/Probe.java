package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Asks an ejected server for its version, on a connection of its own. */
final class Probe extends OutboundConnection {
  private static final int LONGEST_REPLY = 256;

  private final Server server;
  private final Consumer<Boolean> onResult;
  private boolean answered;

  Probe(ProxyLoop loop, Server server, Consumer<Boolean> onResult) {
    super(loop);
    this.server = server;
    this.onResult = onResult;
  }

  /** Connects and asks; the result comes within the connect time-out and the request time-out. */
  void start() {
    server.connect(this, cause -> close());
    loop.later(this::close, server.pool().connectTimeout().toNanos() + server.timeoutNanos());
  }

  @Override
  protected void onOpen() {
    RequestWriter.version(out());
    mark();
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    int lineFeed = in.indexOf(from, to, (byte) '\n');
    if (lineFeed < 0 && to - from < LONGEST_REPLY) {
      return from;
    }
    answered = lineFeed > from && ReplyCode.of(in, from, lineFeed - 1) == ReplyCode.VERSION;
    close();
    return to;
  }

  @Override
  protected void onClosed() {
    onResult.accept(answered);
  }
}
