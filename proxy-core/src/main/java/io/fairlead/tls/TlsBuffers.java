package io.fairlead.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Where the bytes of TLS records are put. Each record takes a buffer of its own, so that these are
 * pooled, unlike those of connections in the clear, which the event loops keep for themselves.
 */
public final class TlsBuffers {
  private static final int PAGE_BYTES = 8 << 10;

  /** Pages that are allocated at a time are 2 to this power: a megabyte. */
  private static final int CHUNK_ORDER = 7;

  private static final int ARENAS = Runtime.getRuntime().availableProcessors();

  public static final ByteBufAllocator ALLOCATOR =
      new PooledByteBufAllocator(
          true,
          ARENAS,
          ARENAS,
          PAGE_BYTES,
          CHUNK_ORDER,
          PooledByteBufAllocator.defaultSmallCacheSize(),
          PooledByteBufAllocator.defaultNormalCacheSize(),
          false);

  private TlsBuffers() {}
}
