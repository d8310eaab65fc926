package io.fairlead.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that an event loop reads into: usually the same for every read of a size, because
 * what is read is parsed at once.
 *
 * <p>A buffer of which a slice is still waiting to be sent is not reused until that slice is gone;
 * a few such buffers are kept, so that relaying large values allocates nothing either. Those beyond
 * them are bounded, as a small slice may hold a large buffer: when they are a good part of what the
 * loop may keep, no further slices are lent.
 */
final class ReceiveBuffers {
  /** Reads of one connection before the others get their turn. */
  static final int READS_PER_EVENT = 4;

  private final ByteBufAllocator allocator;

  /** The part of the loop's memory that such buffers may take, to be held by slices. */
  private static final int LENT_PART = 8;

  private long mostLent;
  private final Map<ReadSize, @Nullable ByteBuf[]> buffers = new EnumMap<>(ReadSize.class);

  /** Those beyond the usual ones, retained once more as long as others hold them. */
  private final List<ByteBuf> further = new ArrayList<>();

  private long furtherBytes;

  ReceiveBuffers(ByteBufAllocator allocator, long memoryLimit) {
    this.allocator = allocator;
    limit(memoryLimit);
    for (ReadSize size : ReadSize.values()) {
      buffers.put(size, new ByteBuf[size.kept]);
    }
  }

  /** The loop may keep so much from now on. */
  final void limit(long memoryLimit) {
    mostLent = memoryLimit / LENT_PART;
  }

  /** Gives a connection's channel buffers of the size that the connection reads at the time. */
  @SuppressWarnings("deprecation") // the interface has no other way yet
  RecvByteBufAllocator forReadsOf(Connection connection) {
    return new ReadHandle(connection, this);
  }

  /** What a channel reads goes to a connection, perhaps in place of one on another event loop. */
  void giveTo(Connection connection, ChannelConfig config) {
    if (config.getRecvByteBufAllocator() instanceof ReadHandle present) {
      present.readFor(connection, this); // Netty asks for a handle once in the life of a channel
    } else {
      config.setRecvByteBufAllocator(forReadsOf(connection));
    }
  }

  /**
   * Gives a buffer of its own reference count; the kept ones are retained once more by this list.
   */
  ByteBuf take(ReadSize size) {
    @Nullable ByteBuf[] kept = Objects.requireNonNull(buffers.get(size));
    for (int i = 0; i < kept.length; i++) {
      ByteBuf buffer = kept[i];
      if (buffer == null) {
        buffer = kept[i] = allocator.directBuffer(size.bytes, size.bytes);
      }
      if (buffer.refCnt() == 1) {
        return buffer.clear().retain();
      }
    }
    return takeFurther(size);
  }

  private ByteBuf takeFurther(ReadSize size) {
    for (ByteBuf buffer : further) {
      if (buffer.refCnt() == 1 && buffer.capacity() == size.bytes) {
        return buffer.clear().retain();
      }
    }
    ByteBuf buffer = allocator.directBuffer(size.bytes, size.bytes);
    furtherBytes += size.bytes;
    further.add(buffer);
    return buffer.retain();
  }

  /** Whether a slice of a buffer may be kept. */
  boolean mayLend() {
    return furtherBytes <= mostLent;
  }

  /** Gives up what nobody holds any more, but for one that is needed as long as others are held. */
  void turnEnded() {
    if (further.isEmpty()) {
      return;
    }
    int spare = 0;
    for (ByteBuf buffer : further) {
      spare = buffer.refCnt() > 1 ? 1 : spare;
    }
    for (int i = further.size() - 1; i >= 0; i--) {
      ByteBuf buffer = further.get(i);
      if (buffer.refCnt() == 1 && spare-- <= 0) {
        further.remove(i);
        giveUp(buffer);
      }
    }
  }

  private void giveUp(ByteBuf buffer) {
    furtherBytes -= buffer.capacity();
    buffer.release();
  }

  void release() {
    further.forEach(this::giveUp);
    further.clear();
    for (@Nullable ByteBuf[] kept : buffers.values()) {
      for (int i = 0; i < kept.length; i++) {
        ByteBuf buffer = kept[i];
        if (buffer != null) {
          buffer.release();
          kept[i] = null;
        }
      }
    }
  }

  /** Reads on while the buffer came back full, a bounded number of times. */
  private static final class ReadHandle
      implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    private Connection connection;
    private ReceiveBuffers buffers;
    private @Nullable ChannelConfig config;
    private int attempted;
    private int last;
    private int reads;

    ReadHandle(Connection connection, ReceiveBuffers buffers) {
      this.connection = connection;
      this.buffers = buffers;
    }

    void readFor(Connection other, ReceiveBuffers ofItsLoop) {
      connection = other;
      buffers = ofItsLoop;
    }

    /** It is its channel's own already. */
    @Override
    @SuppressWarnings("deprecation") // the interface has no other way yet
    public Handle newHandle() {
      return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator ignored) {
      return buffers.take(connection.readSize());
    }

    @Override
    public int guess() {
      return connection.readSize().bytes;
    }

    @Override
    public void reset(ChannelConfig read) {
      config = read;
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
      boolean mayRead = config == null || config.isAutoRead(); // not when it has been suspended
      return mayRead && last > 0 && last == attempted && reads < READS_PER_EVENT;
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return continueReading();
    }

    @Override
    public void readComplete() {}
  }
}
