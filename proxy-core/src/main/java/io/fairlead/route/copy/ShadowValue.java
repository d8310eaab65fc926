package io.fairlead.route.copy;

import io.fairlead.backend.Upload;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.route.Request;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The copy of a store with a large value, as it grows. */
final class ShadowValue implements Upload.Watcher {
  private final RouteContext context;
  private final Route shadow;
  private final ShadowReplies replies;
  private final @Nullable Comparison comparison;
  private final ByteBuf store;
  private final int kept;

  ShadowValue(
      RouteContext context,
      Route shadow,
      ShadowReplies replies,
      @Nullable Comparison comparison,
      Command command,
      ByteBuf in) {
    this.context = context;
    this.shadow = shadow;
    this.replies = replies;
    this.comparison = comparison;
    store = context.buffer(command.valueLength());
    kept = command.valueLength();
    context.kept(kept);
    RequestWriter.line(store, command, in);
  }

  @Override
  public void onValue(ByteBuf in, int from, int length) {
    store.writeBytes(in, from, length);
  }

  @Override
  public void onEnd() {
    RequestWriter.endLine(store);
    context.kept(-kept);
    Request request = context.written(store);
    if (replies.begin()) {
      LoopStats stats = context.loop().stats();
      boolean before = stats.countBesides(true);
      request.sendTo(shadow, comparison == null ? replies : comparison, Comparison.SHADOW, 0);
      stats.countBesides(before);
    } else {
      withoutShadow();
    }
    request.release();
  }

  @Override
  public void onAbandoned() {
    context.kept(-kept);
    context.loop().outputs().giveBack(store);
    replies.dropped();
    withoutShadow();
  }

  private void withoutShadow() {
    if (comparison != null) {
      comparison.withoutShadow();
    }
  }
}
