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
  /**
   * Half the smallest object there is: what the timer, which ticks while requests are in flight,
   * allocates stays below it, and one object for each request would not.
   */
  private static final double MOST_BYTES_FOR_NOTHING = 8;

  private static final int REQUESTS = 5_000;
  private static final int MOST_ROUNDS = 8;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

  public LoopAllocations() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @Override
  public void close() {
    ResourceLeakDetector.setLevel(leakDetection);
  }

  public void assertNone(RawClient client, String request, String reply) {
    assertThat(bytesPerRequest(client, request, reply, MOST_BYTES_FOR_NOTHING))
        .as("bytes that the loop allocated for each %s", request.strip())
        .isLessThan(MOST_BYTES_FOR_NOTHING);
  }

  /**
   * Bytes of the heap for one request of many, each with that reply. Code that has not run often
   * allocates what it does not later, so that the requests are repeated as long as it takes until
   * there are fewer bytes than {@code limit}, or until that does not help.
   */
  public double bytesPerRequest(RawClient client, String request, String reply, double limit) {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && least >= limit; round++) {
      long loop = loopThread();
      long bytesBefore = threads.getThreadAllocatedBytes(loop);
      exchange(client, request, reply);
      double bytes = threads.getThreadAllocatedBytes(loop) - bytesBefore;
      least = Math.min(least, bytes / REQUESTS);
    }
    return least;
  }

  private static void exchange(RawClient client, String request, String reply) {
    for (int i = 0; i < REQUESTS; i++) {
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
