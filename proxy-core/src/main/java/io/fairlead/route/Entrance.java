package io.fairlead.route;

import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;

/** A route that clients are connected to. */
public interface Entrance extends Route {
  /**
   * Whether all is over when a request is answered, and no server has yet to do anything for it.
   */
  default boolean isDoneWhenAnswered() {
    return false;
  }

  /** A retrieval is complete or held back; its multi-gets end here unless gets are coalesced. */
  void endOfGet(int lane);

  /**
   * Removes the key of a store that the proxy refused, so that no old value is left behind.
   *
   * @return how many outcomes the sink will be told, or has been told already
   */
  int invalidate(Command command, ByteBuf in, ReplySink sink, int lane);
}
