package io.fairlead.route;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Brings requests to the servers that should answer them: a pool, or a node above pools. One
 * instance for each event loop.
 */
public interface Route {
  /**
   * Asks for one key of a retrieval; takes the exchange, whose sink is told the outcome.
   *
   * @param lane requests of the same lane stay in order
   */
  void get(Exchange exchange, int lane);

  /**
   * Sends any other request, with the value that follows its line in {@code in}, which is borrowed.
   * The sink is told the outcome for {@code slot}.
   */
  void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane);

  /**
   * Begins a store whose value will be sent piece by piece; the sink is told the outcome for slot
   * 0.
   *
   * @return null when no server takes the value, which the sink has been told
   */
  default @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    throw new UnsupportedOperationException("this route wants values whole");
  }

  /** Whether all large values can be sent piece by piece. */
  default boolean uploads() {
    return false;
  }

  /** Whether the large value of a store can be sent piece by piece. */
  default boolean uploads(Command command, ByteBuf in) {
    return uploads();
  }

  /** Says what this node is, and where the request in question may go from here. */
  void outline(Outline outline);
}
