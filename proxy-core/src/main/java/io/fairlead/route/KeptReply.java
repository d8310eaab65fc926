package io.fairlead.route;

import io.fairlead.protocol.Result;
import org.jspecify.annotations.Nullable;

/** The one reply, of those that have come, that a route keeps because it may be the answer. */
public final class KeptReply {
  private final RouteContext context;
  private @Nullable Reply reply;

  public KeptReply(RouteContext context) {
    this.context = context;
  }

  public boolean isEmpty() {
    return reply == null;
  }

  /** Keeps that reply instead of the one that was kept. */
  public void keep(Reply better) {
    drop();
    reply = better.keep(context.loop().outputs());
    context.kept(better.keptBytes());
  }

  /** The reply that is kept. */
  public Reply reply() {
    Reply kept = reply;
    if (kept == null) {
      throw new IllegalStateException("no reply is kept");
    }
    return kept;
  }

  public Result result() {
    return reply().result();
  }

  /** Gives it up. */
  public void drop() {
    Reply kept = reply;
    if (kept != null) {
      reply = null;
      context.kept(-kept.keptBytes());
      kept.drop(context.loop().outputs());
    }
  }
}
