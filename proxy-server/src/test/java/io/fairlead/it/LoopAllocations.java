package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fairlead.testkit.RawClient;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;

/**
 * Counts what the only event loop of this process allocates while it serves requests. To be made
 * before the proxy: until it is closed no leaks are looked for, which allocates by itself.
 */
public final class LoopAllocations implements AutoCloseable {
  private static final int WARM_UP = 20_000;
  private static final int COUNTED = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

  public LoopAllocations() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @Override
  public void close() {
    ResourceLeakDetector.setLevel(leakDetection);
  }

  /** Bytes of the heap for one request of many, each with that reply. */
  public double bytesPerRequest(RawClient client, String request, String reply) {
    exchange(client, request, reply, WARM_UP);
    long loop = loopThread();
    long bytesBefore = threads.getThreadAllocatedBytes(loop);
    exchange(client, request, reply, COUNTED);
    return (double) (threads.getThreadAllocatedBytes(loop) - bytesBefore) / COUNTED;
  }

  private static void exchange(RawClient client, String request, String reply, int times) {
    for (int i = 0; i < times; i++) {
      client.send(request).expect(reply);
    }
  }

  private static long loopThread() {
    long[] loops =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("fairlead-loop"))
            .mapToLong(Thread::getId)
            .toArray();
    assertThat(loops).hasSize(1);
    return loops[0];
  }
}
