package io.fairlead.route.copy;

import io.fairlead.config.route.BigValueSettings;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Operation.Kind;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values above a threshold are stored in pieces, each under a key of its own; under the key itself
 * is then an {@link Index} of them. Deletes, touches and the rest concern the index only.
 */
final class BigValueRoute extends DispatchingRoute {
  private final BigValueSettings settings;
  private final Route target;

  BigValueRoute(RouteContext context, BigValueSettings settings, Route target) {
    super(context);
    this.settings = settings;
    this.target = target;
  }

  Route target() {
    return target;
  }

  int pieceBytes() {
    return settings.threshold();
  }

  /** Pieces that are under way at once. */
  int batch() {
    return settings.batch() == 0 ? Integer.MAX_VALUE : settings.batch();
  }

  @Override
  protected @Nullable Route straight(Operation operation) {
    return operation.kind() == Kind.GET_LIKE ? null : target;
  }

  @Override
  protected @Nullable Route straight(Operation operation, Command command, ByteBuf in) {
    if (operation.kind() == Kind.GET_LIKE) {
      boolean value = command.verb() == Verb.MG && command.meta().has('v');
      return value && !command.meta().has('b') ? null : target;
    }
    return splits(operation, command, in) ? null : target;
  }

  /** A key in base64 may hold bytes that the key of a piece may not. */
  private boolean splits(Operation operation, Command command, ByteBuf in) {
    return switch (operation) {
      case SET, ADD, REPLACE, CAS ->
          command.valueLength() > settings.threshold()
              && pieces(command.valueLength()) <= Index.MOST_PIECES
              && command.keyLength() + Index.LONGEST_SUFFIX <= Ascii.MAX_KEY_BYTES
              && !(command.verb() == Verb.MS && command.meta().has('b'))
              && StoreLine.isReadable(command, in);
      default -> false;
    };
  }

  int pieces(int valueLength) {
    return (int) (((long) valueLength + pieceBytes() - 1) / pieceBytes());
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return operation.kind() == Kind.GET_LIKE
        ? new BigRead(context, this)
        : new BigWrite(context, this);
  }

  @Override
  public void outline(Outline outline) {
    outline.node("big-value", List.of(target));
  }
}
