package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector.LeakListener;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class that leaves a Netty buffer unreleased.
 *
 * <p>Netty notices a leak only when the buffer has been collected and another one is allocated.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

  /** Netty refers to it weakly, or not at all, depending on its version. */
  private final LeakListener listener = (type, records) -> leaks.add(type + records);

  @Override
  public void beforeAll(ExtensionContext context) {
    ByteBufUtil.setLeakListener(listener);
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    collectGarbage();
    ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
    buffer.release();
    ByteBufUtil.setLeakListener(null);

    assertThat(leaks).as("buffers that were not released").isEmpty();
  }

  /** References to what was collected are queued by a thread of the JVM, a moment later. */
  private static void collectGarbage() throws InterruptedException {
    System.gc();
    Thread.sleep(20);
  }
}
