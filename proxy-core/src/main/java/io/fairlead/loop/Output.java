package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to send: a buffer that small pieces are copied to, and large pieces that
 * are handed to the link as they are.
 */
final class Output {
  /** Pieces of at least this size are passed on as slices; below, a copy is cheaper. */
  private static final int SLICE_BYTES = 16 << 10;

  private final ProxyLoop loop;
  private final OutputBuffers buffers;
  private @Nullable ByteBuf appended;
  private long handedToLink;
  private long handedBefore;

  /** Whether output was handed to the link of which it is not known that the socket has all. */
  private boolean mayBePending;

  Output(ProxyLoop loop) {
    this.loop = loop;
    this.buffers = loop.outputs();
  }

  /** Whether a piece is better passed on than copied. */
  static boolean isLarge(int length) {
    return length >= SLICE_BYTES;
  }

  /** The buffer to append to. */
  ByteBuf buffer() {
    ByteBuf buffer = appended;
    if (buffer == null) {
      buffer = appended = buffers.take();
    }
    return buffer;
  }

  /** Takes {@code piece} and hands it to the link behind what was appended. */
  void pass(ByteBuf piece, Link to) {
    if (appended != null) {
      write(appended, to);
      appended = null;
    }
    write(piece, to);
  }

  /** Passes on a piece of {@code source}, which is borrowed, behind what was appended. */
  void pass(ByteBuf source, int from, int length, Link to) {
    pass(piece(source, from, length), to);
  }

  /** A slice, or a copy that keeps no more memory than it needs. */
  private ByteBuf piece(ByteBuf source, int from, int length) {
    return loop.lends(source)
        ? source.retainedSlice(from, length)
        : buffers.allocate(length).writeBytes(source, from, length);
  }

  /** Takes a buffer whose bytes have been appended. */
  void giveBack(ByteBuf copied) {
    if (copied.unwrap() == null) {
      buffers.giveBack(copied);
    } else {
      copied.release(); // a view of a buffer that others may hold
    }
  }

  private void write(ByteBuf piece, Link to) {
    handedToLink += piece.readableBytes();
    mayBePending = true;
    to.write(piece);
  }

  /** Sends everything. */
  void flush(Link to) {
    ByteBuf buffer = appended;
    if (buffer == null || !buffer.isReadable()) {
      to.flush();
      return;
    }
    appended = null;
    handedToLink += buffer.readableBytes();
    mayBePending = true;
    to.send(buffer);
    if (buffer.refCnt() == 1) {
      buffers.giveBack(buffer);
    } else if (buffer.refCnt() > 1) {
      buffer.release(); // the socket did not take all of it; the channel keeps its own reference
    }
  }

  int appendedBytes() {
    return appended == null ? 0 : appended.readableBytes();
  }

  /** Bytes that the socket has not taken yet. */
  long unsentBytes(@Nullable Link link) {
    return appendedBytes() + pendingBytes(link);
  }

  /** Bytes that were handed to the link since this was asked last. */
  long newlyHandedBytes() {
    long handed = handedToLink - handedBefore;
    handedBefore = handedToLink;
    return handed;
  }

  /** Bytes that the socket has taken. */
  long takenBytes(@Nullable Link link) {
    return handedToLink - pendingBytes(link);
  }

  /** Bytes that were handed to the link and that the socket has not taken yet. */
  long pendingBytes(@Nullable Link link) {
    if (!mayBePending) {
      return 0;
    }
    long pending = link == null ? 0 : link.pendingBytes();
    mayBePending = pending > 0;
    return pending;
  }

  void clear() {
    if (appended != null) {
      appended.release();
      appended = null;
    }
  }
}
