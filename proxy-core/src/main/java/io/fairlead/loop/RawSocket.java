package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket of the system with nothing in between; used on its event loop only, by a {@link
 * SocketLink} which it tells of what it has become ready for.
 */
public interface RawSocket {
  /** Buffers that one call sends. */
  int MOST_PIECES = 64;

  @Nullable SocketAddress peer();

  @Nullable SocketAddress local();

  /**
   * Reads once into an empty buffer.
   *
   * @return how many bytes; 0 when none are there, -1 when none will come any more
   */
  int receive(ByteBuf in) throws IOException;

  /** Sends once, without changing {@code out}; returns how many bytes were taken. */
  int send(ByteBuf out) throws IOException;

  /** The same for up to {@link #MOST_PIECES} buffers, the oldest first. */
  long send(Fifo<ByteBuf> out) throws IOException;

  /** What to tell of from now on; of an end or a fault it always tells. */
  void watch(boolean input, boolean room);

  /** Tells the peer that nothing more comes. */
  void endOutput() throws IOException;

  /**
   * Leaves its event loop at once, and tells its link of nothing any more.
   *
   * @param next what goes on with it, asked on the other loop; none closes it
   * @param onOver is told when it is there, or is not to be
   */
  void move(ProxyLoop to, Supplier<@Nullable Connection> next, Runnable onOver);

  /** Closes it, if that has not been done; the link is told. */
  void close();
}
