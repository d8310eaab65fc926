package io.fairlead;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that left a {@code ByteBuf} to the garbage collector.
 *
 * <p>Netty finds a leak when the buffer is collected and tells it with the next allocation, so both
 * are brought about here. The leak listener is the process's own: test classes run one after the
 * other.
 */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
  private static final int COLLECTIONS = 3;
  private static final int MILLIS_FOR_THE_COLLECTOR = 10;

  @Override
  public void beforeAll(ExtensionContext context) {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    String leaks = found();
    if (!leaks.isEmpty()) {
      throw new AssertionError("buffers were never released: " + leaks);
    }
  }

  /** What has leaked since the last call. */
  static String found() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS && LEAKS.isEmpty(); i++) {
      System.gc();
      Thread.sleep(MILLIS_FOR_THE_COLLECTOR); // it enqueues the references on its own thread
      UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
    }
    String leaks = String.join("\n", LEAKS);
    LEAKS.clear();
    return leaks;
  }
}
