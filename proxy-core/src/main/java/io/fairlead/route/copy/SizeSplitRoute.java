package io.fairlead.route.copy;

import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Operation.Kind;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Large values that are set live in another cache; the one for small values then has a signpost.
 * Everything but sets and reads concerns small values only.
 */
final class SizeSplitRoute extends DispatchingRoute {
  /** mcrouter's mark of a signpost, whose value is empty. */
  static final int SIGNPOST_FLAG = 0x20;

  final SizeSplitSettings settings;
  final Route small;
  final Route large;

  SizeSplitRoute(RouteContext context, SizeSplitSettings settings, Route small, Route large) {
    super(context);
    this.settings = settings;
    this.small = small;
    this.large = large;
  }

  @Override
  protected @Nullable Route straight(Operation operation) {
    return operation.kind() == Kind.GET_LIKE ? null : small;
  }

  @Override
  protected @Nullable Route straight(Operation operation, Command command, ByteBuf in) {
    return operation == Operation.SET && isLarge(command, in) ? null : straight(operation);
  }

  private boolean isLarge(Command command, ByteBuf in) {
    if (command.valueLength() <= settings.threshold() || !StoreLine.isReadable(command, in)) {
      return false;
    }
    int expiry = StoreLine.expiry(command, in);
    return expiry == 0 || expiry >= Math.max(settings.ttlThreshold(), 0);
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return operation == Operation.SET
        ? new SizeSplitWrite(context, this)
        : new SizeSplitRead(context, this);
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    Operation asked = question == null ? Operation.GET : question.operation();
    boolean either = asked == Operation.SET || asked.kind() == Kind.GET_LIKE;
    outline.node("size-split", either ? List.of(small, large) : List.of(small));
  }
}
