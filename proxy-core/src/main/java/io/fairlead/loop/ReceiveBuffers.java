package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that an event loop reads into: usually one and the same for every read, because what
 * is read is parsed at once.
 *
 * <p>A buffer of which a slice is still waiting to be sent is not reused until that slice is gone;
 * a few such buffers are kept, so that relaying large values allocates nothing either.
 */
final class ReceiveBuffers implements RecvByteBufAllocator {
  /** Reads of one connection before the others get their turn. */
  private static final int READS_PER_EVENT = 4;

  private static final int KEPT = 4;

  private final ByteBufAllocator allocator;
  private final int size;
  private final @Nullable ByteBuf[] buffers = new ByteBuf[KEPT];

  ReceiveBuffers(ByteBufAllocator allocator, int size) {
    this.allocator = allocator;
    this.size = size;
  }

  @SuppressWarnings("deprecation") // the interface has no other way yet
  @Override
  public Handle newHandle() {
    return new ReadHandle();
  }

  /**
   * Gives a buffer of its own reference count; the kept ones are retained once more by this list.
   */
  private ByteBuf take() {
    for (int i = 0; i < KEPT; i++) {
      ByteBuf buffer = buffers[i];
      if (buffer == null) {
        buffer = buffers[i] = allocator.directBuffer(size, size);
      }
      if (buffer.refCnt() == 1) {
        return buffer.clear().retain();
      }
    }
    return allocator.directBuffer(size, size);
  }

  void release() {
    for (int i = 0; i < KEPT; i++) {
      ByteBuf buffer = buffers[i];
      if (buffer != null) {
        buffer.release();
        buffers[i] = null;
      }
    }
  }

  /** Reads on while the buffer came back full, a bounded number of times. */
  private final class ReadHandle implements ExtendedHandle {
    private int attempted;
    private int last;
    private int reads;

    @Override
    public ByteBuf allocate(ByteBufAllocator ignored) {
      return take();
    }

    @Override
    public int guess() {
      return size;
    }

    @Override
    public void reset(ChannelConfig config) {
      reads = 0;
    }

    @Override
    public void incMessagesRead(int count) {
      reads += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attempted;
    }

    @Override
    public boolean continueReading() {
      return last > 0 && last == attempted && reads < READS_PER_EVENT;
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return continueReading();
    }

    @Override
    public void readComplete() {}
  }
}
