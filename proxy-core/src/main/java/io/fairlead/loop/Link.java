package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The seam between a {@link Connection} and what carries its bytes. */
interface Link {
  @Nullable SocketAddress peer();

  @Nullable SocketAddress local();

  /** The name in the peer's certificate, which has been verified; null when it has none. */
  @Nullable String peerName();

  /** Sends {@code buffer}, which is borrowed: what the socket does not take at once is retained. */
  void send(ByteBuf buffer);

  /** Takes {@code buffer}, to be sent with the next flush. */
  void write(ByteBuf buffer);

  void flush();

  /** Bytes that the socket has not taken. */
  long pendingBytes();

  /** Has the connection told when the socket has taken everything up to here. */
  void awaitSent();

  /** Whether another connection, on another event loop, can go on with what carries the bytes. */
  boolean mayMove();

  void reading(boolean on);

  void close();

  /**
   * Ends the output after what was written. To close at once would reset the connection if
   * something has come that was not read, and the peer would lose replies on their way to it.
   */
  void endAfterWrites();

  void closeAfterWrites();
}
