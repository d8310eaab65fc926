package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Output that a socket has not taken yet, in its order. */
final class Unsent {
  /** Made when there is something; most connections never have. */
  private @Nullable Fifo<ByteBuf> queue;

  private long bytes;

  boolean isEmpty() {
    return bytes == 0;
  }

  long bytes() {
    return bytes;
  }

  /** Takes {@code buffer}. */
  void add(ByteBuf buffer) {
    if (!buffer.isReadable()) {
      buffer.release();
      return;
    }
    Fifo<ByteBuf> all = queue;
    if (all == null) {
      all = queue = new Fifo<>();
    }
    all.add(buffer);
    bytes += buffer.readableBytes();
  }

  /**
   * Sends once what there is, which must be something.
   *
   * @return whether the socket took all that it was offered, and may take more
   */
  boolean sendTo(RawSocket socket) throws IOException {
    Fifo<ByteBuf> all = queue;
    assert all != null;
    long offered = offered(all);
    long taken = all.size() == 1 ? socket.send(all.get(all.head())) : socket.send(all);
    remove(all, taken);
    return taken == offered;
  }

  private long offered(Fifo<ByteBuf> all) {
    if (all.size() <= RawSocket.MOST_PIECES) {
      return bytes;
    }
    long sum = 0;
    for (long at = all.head(); at < all.head() + RawSocket.MOST_PIECES; at++) {
      sum += all.get(at).readableBytes();
    }
    return sum;
  }

  private void remove(Fifo<ByteBuf> all, long taken) {
    bytes -= taken;
    for (long left = taken; left > 0; ) {
      ByteBuf first = all.get(all.head());
      int length = first.readableBytes();
      if (left < length) {
        first.skipBytes((int) left);
        return;
      }
      left -= length;
      all.remove().release();
    }
  }

  void clear() {
    Fifo<ByteBuf> all = queue;
    while (all != null && !all.isEmpty()) {
      all.remove().release();
    }
    bytes = 0;
  }
}
