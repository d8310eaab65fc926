package io.fairlead.route.change;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What passes gets another expiry, if it has one and is no delete. */
final class ModifyExpiryRoute implements Route {
  private final Route child;
  private final IntUnaryOperator change;
  private final ArrayDeque<Command> commands = new ArrayDeque<>();

  /**
   * @param change makes the new expiry of the old one
   */
  ModifyExpiryRoute(Route child, IntUnaryOperator change) {
    this.child = child;
    this.change = change;
  }

  @Override
  public void get(Exchange exchange, int lane) {
    if (exchange.verb().touches()) {
      exchange.expires(change.applyAsInt(exchange.expiry()));
    }
    child.get(exchange, lane);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    if (!mayExpire(command)) {
      child.send(command, in, sink, slot, lane);
      return;
    }
    Command other = changed(command, in);
    child.send(other, in, sink, slot, lane);
    commands.push(other);
  }

  private static boolean mayExpire(Command command) {
    return switch (Operation.of(command).kind()) {
      case DELETE_LIKE -> false;
      case ARITHMETIC_LIKE -> command.isMeta();
      default -> true;
    };
  }

  private Command changed(Command command, ByteBuf in) {
    Command kept = commands.poll();
    Command copy = kept == null ? new Command() : kept;
    copy.copies(command);
    copy.changeExpiry(in, change);
    return copy;
  }

  @Override
  public boolean uploads() {
    return child.uploads();
  }

  @Override
  public boolean uploads(Command command, ByteBuf in) {
    return child.uploads(command, in);
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    Command other = changed(command, in);
    Upload upload = child.upload(other, in, sink, onRoom);
    commands.push(other);
    return upload;
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf("modify-exptime");
    outline.below(child);
  }
}
