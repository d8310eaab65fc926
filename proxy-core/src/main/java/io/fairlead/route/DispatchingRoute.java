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
    Route child = straight(operation);
    if (child != null) {
      child.send(command, in, sink, slot, lane);
    } else if (!context.mayKeep(Math.max(command.valueLength(), 0))) {
      sink.onFailure(slot, Failure.OVERLOADED);
    } else {
      dispatch(operation).begin(context.keep(command, in), sink, slot, lane);
    }
  }
}
