package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The free list of an event loop's output buffers.
 *
 * <p>A connection holds one only while it has something to send or to hold back, so that idle
 * connections cost no buffer and busy ones allocate none.
 */
public final class OutputBuffers {
  /** What the smallest of them costs. */
  public static final int LEAST_BYTES = 2048;

  /** Buffers that grew beyond this are released instead of kept. */
  private static final int LARGEST_KEPT = 64 << 10;

  private static final int KEPT = 256;

  /** What all that are kept may cost. */
  private static final int KEPT_BYTES = 2 << 20;

  private final ByteBufAllocator allocator;
  private final ByteBuf[] free = new ByteBuf[KEPT];
  private int count;
  private int freeBytes;

  OutputBuffers(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** Gives an empty buffer: the caller must return it by {@link #giveBack} or release it. */
  public ByteBuf take() {
    if (count == 0) {
      return allocator.directBuffer(LEAST_BYTES);
    }
    ByteBuf buffer = free[--count];
    freeBytes -= buffer.capacity();
    return buffer;
  }

  /** Takes a buffer that the caller is done with. */
  public void giveBack(ByteBuf buffer) {
    int bytes = buffer.capacity();
    boolean fits = count < KEPT && bytes <= LARGEST_KEPT && freeBytes + bytes <= KEPT_BYTES;
    if (fits && buffer.refCnt() == 1) {
      free[count++] = buffer.clear();
      freeBytes += bytes;
    } else {
      buffer.release();
    }
  }

  /** Gives a buffer of at least {@code capacity} bytes that is not meant to be kept. */
  public ByteBuf allocate(int capacity) {
    return allocator.directBuffer(Math.max(capacity, LEAST_BYTES));
  }

  void release() {
    while (count > 0) {
      free[--count].release();
    }
    freeBytes = 0;
  }
}
