package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The input of a connection that was received but could not be parsed yet. */
final class Tail {
  /*
   * It takes no more of a received buffer than its first request or reply needs, so that it costs what
   * that one weighs and not what happened to arrive with it; the rest is parsed where it was received.
   */

  /**
   * What is taken at least when it is not known how much is needed: lines are shorter, as a rule.
   */
  private static final int STEP_BYTES = 2048;

  private final OutputBuffers buffers;
  private @Nullable ByteBuf kept;

  Tail(OutputBuffers buffers) {
    this.buffers = buffers;
  }

  boolean isEmpty() {
    return kept == null;
  }

  int readableBytes() {
    return kept == null ? 0 : kept.readableBytes();
  }

  /** What it costs. */
  int capacity() {
    return kept == null ? 0 : kept.capacity();
  }

  /**
   * How many bytes to append before parsing is worth another try.
   *
   * @param wanted how many bytes are needed in all; 0 when that is not known
   */
  int missing(int wanted) {
    int present = readableBytes();
    // Not known: twice as many each time, so that a long line is not searched too often for its
    // end.
    return wanted > present ? wanted - present : Math.max(STEP_BYTES, present);
  }

  /** Copies from {@code in}, which is borrowed; has room for {@code wanted} bytes afterwards. */
  void append(ByteBuf in, int from, int length, int wanted) {
    ByteBuf buffer = kept;
    int needed = Math.max(readableBytes() + length, wanted);
    if (buffer == null) {
      buffer = kept = buffers.allocate(needed);
    } else if (needed > buffer.capacity()) {
      // To the size that is needed: left to itself, a buffer doubles.
      kept = buffers.allocate(needed).writeBytes(buffer);
      buffer.release();
      buffer = kept;
    }
    if (length > buffer.writableBytes()) {
      buffer.discardReadBytes();
    }
    buffer.writeBytes(in, from, length);
  }

  /** The bytes, retained, so that they outlive {@link #clear}; null when there are none. */
  @Nullable ByteBuf borrow() {
    return kept == null ? null : kept.retain();
  }

  /** The bytes before {@code index} have been parsed. */
  void parsedTo(int index) {
    if (kept != null) {
      kept.readerIndex(index);
      if (!kept.isReadable()) {
        clear();
      }
    }
  }

  void clear() {
    if (kept != null) {
      kept.release();
      kept = null;
    }
  }
}
