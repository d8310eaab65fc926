package io.fairlead.route;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A route that passes each request to one of its children as it is. */
public abstract class SelectingRoute implements Route {
  /** Scratch space for the key of a command. */
  private final byte[] scratch = new byte[Ascii.MAX_KEY_BYTES];

  /** The child that gets a request for the key in the first {@code length} bytes. */
  protected abstract Route select(Operation operation, byte[] key, int length);

  @Override
  public final void get(Exchange exchange, int lane) {
    select(Operation.of(exchange.verb()), exchange.key(), exchange.keyLength()).get(exchange, lane);
  }

  @Override
  public final void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    select(command, in).send(command, in, sink, slot, lane);
  }

  private Route select(Command command, ByteBuf in) {
    return select(Operation.of(command), scratch, command.copyKey(in, scratch));
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    return select(command, in).upload(command, in, sink, onRoom);
  }
}
