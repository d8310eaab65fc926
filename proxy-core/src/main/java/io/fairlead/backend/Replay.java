package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.protocol.LoginLine;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.spool.Backlog;
import io.fairlead.spool.Batch;
import io.fairlead.spool.LoopSpool;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Tells a server of the deletes in its backlog, on a connection of its own: a batch, all its
 * replies, the next one, until there are none left or the server fails.
 */
final class Replay extends OutboundConnection {
  private static final int LONGEST_REPLY = 4096;

  private final Server server;
  private final LoopSpool spool;
  private final Backlog backlog;
  private final Listener listener;
  private @Nullable Batch batch;
  private int awaited;
  private int rejected;
  private int batches;

  /** Who is told when it is over. */
  @FunctionalInterface
  interface Listener {
    /**
     * It is over.
     *
     * @param hasSettledAny whether the server has answered to a whole batch
     */
    void onEnded(boolean hasSettledAny);
  }

  Replay(ProxyLoop loop, Server server, LoopSpool spool, Backlog backlog, Listener listener) {
    super(loop);
    this.server = server;
    this.spool = spool;
    this.backlog = backlog;
    this.listener = listener;
  }

  /** Connects and begins. */
  void start() {
    server.connect(this, cause -> close());
  }

  @Override
  protected void onOpen() {
    spool.read(backlog, this::send);
  }

  private void send(@Nullable Batch next) {
    if (isClosed()) {
      return;
    }
    if (next == null) {
      close();
      return;
    }
    batch = next;
    awaited = next.keys().size();
    rejected = 0;
    for (byte[] key : next.keys()) {
      RequestWriter.deletion(out(), key);
    }
    mark();
    int sent = batches;
    loop.later(() -> expire(sent), server.timeoutNanos());
  }

  private void expire(int sent) {
    if (batches == sent && batch != null) {
      close();
    }
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !isClosed()) {
      int lineFeed = in.indexOf(at, to, (byte) '\n');
      if (lineFeed < 0) {
        break;
      }
      ReplyCode code = lineFeed > at ? ReplyCode.of(in, at, lineFeed - 1) : null;
      if (LoginLine.isWanted(code, in, at, lineFeed - 1)) {
        server.log().onLoginRefused(); // it has not looked at the delete
        close();
      } else {
        answered(code);
      }
      at = lineFeed + 1;
    }
    if (to - at > LONGEST_REPLY) {
      close();
    }
    return isClosed() ? to : at;
  }

  /** An error of the server is tried again; what it does not accept would never be accepted. */
  private void answered(@Nullable ReplyCode code) {
    Batch present = batch;
    if (present == null || code == null) {
      close();
      return;
    }
    switch (code) {
      case DELETED, NOT_FOUND, HD, NF -> {}
      case CLIENT_ERROR, ERROR -> rejected++;
      default -> {
        close();
        return;
      }
    }
    if (--awaited == 0) {
      batch = null;
      batches++;
      spool.done(present, rejected, this::send);
    }
  }

  @Override
  protected void onClosed() {
    listener.onEnded(batches > 0);
  }
}
