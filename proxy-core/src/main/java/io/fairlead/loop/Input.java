package io.fairlead.loop;

import io.netty.buffer.ByteBuf;

/**
 * What a connection has received: parsed where it was received, as far as that is possible; the
 * rest is kept.
 */
final class Input {
  private final ProxyLoop loop;
  private final Tail tail;

  Input(ProxyLoop loop) {
    this.loop = loop;
    this.tail = new Tail(loop.outputs());
  }

  /** Whether nothing is waiting that was not parsed yet. */
  boolean isEmpty() {
    return tail.isEmpty();
  }

  /** What it costs. */
  int capacity() {
    return tail.capacity();
  }

  /** Has a connection parse {@code in}, which is borrowed, behind what is kept. */
  void receive(ByteBuf in, Connection connection) {
    int end = in.writerIndex();
    int from = parseTailWith(in, in.readerIndex(), end, connection);
    if (from < end && tail.isEmpty() && !connection.isSuspended() && !connection.isClosed()) {
      from = parseReceived(in, from, end, connection);
    }
    if (from < end && !connection.isClosed()) {
      tail.append(in, from, end - from, connection.wantedBytes());
    }
  }

  /**
   * Parses the tail with as much of the input as it needs.
   *
   * @return the index in {@code in} from which on nothing was parsed
   */
  private int parseTailWith(ByteBuf in, int from, int end, Connection connection) {
    int at = from;
    while (at < end && !tail.isEmpty() && !connection.isSuspended()) {
      int taken = Math.min(tail.missing(connection.wantedBytes()), end - at);
      tail.append(in, at, taken, connection.wantedBytes());
      at += taken;
      parseTail(connection);
      int left = tail.readableBytes();
      if (left <= taken && !connection.isClosed()) { // then all that is left is in the input, too
        tail.clear();
        return at - left;
      }
    }
    return at;
  }

  private int parseReceived(ByteBuf in, int from, int end, Connection connection) {
    loop.receiving(in);
    try {
      return connection.consume(in, from, end);
    } finally {
      loop.receiving(null);
    }
  }

  /** Parses what is kept, as far as that is possible now. */
  void parseTail(Connection connection) {
    ByteBuf kept = tail.borrow(); // because closing the connection while parsing clears the tail
    if (kept == null) {
      return;
    }
    int consumed = connection.consume(kept, kept.readerIndex(), kept.writerIndex());
    kept.release();
    tail.parsedTo(consumed);
  }

  void clear() {
    tail.clear();
  }
}
