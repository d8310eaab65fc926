package io.fairlead.route;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings requests to the servers that should answer them. One instance for each event loop. */
public interface Route {
  /**
   * Asks for one key of a retrieval; takes the exchange, whose sink is told the outcome.
   *
   * @param lane requests of the same lane stay in order
   */
  void get(Exchange exchange, int lane);

  /** A retrieval is complete or held back; its multi-gets end here unless gets are coalesced. */
  void endOfGet(int lane);

  /**
   * Sends any other request, with the value that follows its line in {@code in}, which is borrowed.
   * The sink is told the outcome for slot 0.
   */
  void send(Command command, ByteBuf in, ReplySink sink, int lane);

  /**
   * Begins a store whose value will be sent piece by piece.
   *
   * @return null when this route wants the value whole
   */
  default @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    return null;
  }

  /** Whether large values can be sent piece by piece. */
  default boolean uploads() {
    return false;
  }

  /**
   * Removes the key of a store that the proxy refused, so that no old value is left behind.
   *
   * @return how many outcomes the sink will be told, or has been told already
   */
  int invalidate(Command command, ByteBuf in, ReplySink sink, int lane);

  /** What this event loop counts of the pool. */
  PoolStats stats();

  /** Brings those counters up to date that say what waits at the servers. */
  void countQueues();

  /** What this event loop knows of each server. */
  List<ServerStatus> servers();

  /** Opens the connections before the first request needs them. */
  void connect();

  /** Closes all connections to servers. */
  void close();
}
