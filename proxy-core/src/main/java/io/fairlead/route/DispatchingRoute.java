package io.fairlead.route;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A route that may send one request several times; those it need not keep go straight to a child.
 */
public abstract class DispatchingRoute implements Route {
  protected final RouteContext context;

  protected DispatchingRoute(RouteContext context) {
    this.context = context;
  }

  /** Where a request goes that need not be kept; null for one that does. */
  protected @Nullable Route straight(Operation operation) {
    return null;
  }

  /**
   * The same for a request that is no retrieval.
   *
   * @param in borrowed
   */
  protected @Nullable Route straight(Operation operation, Command command, ByteBuf in) {
    return straight(operation);
  }

  /**
   * There is no room to keep a request, which is no retrieval. Unless a route knows better, it is
   * refused.
   *
   * @param in borrowed
   */
  protected void withoutRoom(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    sink.onFailure(slot, Failure.OVERLOADED);
  }

  /** What serves one request. */
  protected abstract Dispatch dispatch(Operation operation);

  @Override
  public final void get(Exchange exchange, int lane) {
    Operation operation = Operation.of(exchange.verb());
    Route child = straight(operation);
    if (child != null) {
      child.get(exchange, lane);
    } else {
      dispatch(operation).begin(context.keep(exchange), null, 0, lane);
    }
  }

  @Override
  public final void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    Operation operation = Operation.of(command);
    Route child = straight(operation, command, in);
    if (child != null) {
      child.send(command, in, sink, slot, lane);
    } else if (!context.mayKeep(Math.max(command.valueLength(), 0))) {
      withoutRoom(command, in, sink, slot, lane);
    } else {
      dispatch(operation).begin(context.keep(command, in), sink, slot, lane);
    }
  }
}
