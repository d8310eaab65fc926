package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fairlead.config.Address;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts what an event loop allocates while it serves requests: nothing but its timer. */
class AllocationIT {
  private static final int WARM_UP = 20_000;
  private static final int COUNTED = 20_000;

  /**
   * Half the smallest object there is: what the timer, which ticks while requests are in flight,
   * allocates stays below it, and one object for each request would not.
   */
  private static final double MOST_BYTES_PER_REQUEST = 8;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private ResourceLeakDetector.Level leakDetection;

  @BeforeEach
  void switchOffLeakDetection() {
    leakDetection = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // it allocates by itself
  }

  @AfterEach
  void switchOnLeakDetection() {
    ResourceLeakDetector.setLevel(leakDetection);
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"AUTO", "NIO"})
  void servesSingleKeyRequestsWithoutAllocating(Transport transport) throws Exception {
    try (MemcachedServer memcached = Memcached.start();
        Proxy proxy = Proxy.start(settings(memcached, transport));
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      client.send("set key 0 0 5\r\nvalue\r\n").expect("STORED\r\n");
      assertAllocatesNothing(client, "get key\r\n", "VALUE key 0 5\r\nvalue\r\nEND\r\n");
      assertAllocatesNothing(client, "get nokey\r\n", "END\r\n");
      assertAllocatesNothing(client, "set key 0 0 5\r\nvalue\r\n", "STORED\r\n");
      assertAllocatesNothing(client, "mg key v\r\n", "VA 5\r\nvalue\r\n");
    }
  }

  private void assertAllocatesNothing(RawClient client, String request, String reply) {
    exchange(client, request, reply, WARM_UP);
    long thread = loopThread();
    long bytesBefore = threads.getThreadAllocatedBytes(thread);
    exchange(client, request, reply, COUNTED);
    double bytes = threads.getThreadAllocatedBytes(thread) - bytesBefore;
    assertThat(bytes / COUNTED)
        .as("bytes that the loop allocated for each %s", request.strip())
        .isLessThan(MOST_BYTES_PER_REQUEST);
  }

  private static void exchange(RawClient client, String request, String reply, int times) {
    for (int i = 0; i < times; i++) {
      client.send(request).expect(reply);
    }
  }

  private long loopThread() {
    long[] loops =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("fairlead-loop"))
            .mapToLong(Thread::getId)
            .toArray();
    assertThat(loops).hasSize(1);
    return loops[0];
  }

  private static ProxySettings settings(MemcachedServer memcached, Transport transport) {
    Address server = new Address.Tcp(memcached.host(), memcached.port());
    PoolSettings pool =
        PoolSettings.of(
            "main", PoolSettings.Mode.SHARDED, List.of(ServerSettings.at(server), other(server)));
    ListenerSettings listener = ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), "main");
    return new ProxySettings(
        List.of(listener),
        List.of(pool),
        ProxySettings.DEFAULT_ADMIN, // opened by the process, not by the proxy
        new ThreadSettings(1, transport, true),
        LimitSettings.DEFAULT,
        ProxySettings.DEFAULT_VERSION);
  }

  /** The same server under another name, so that keys are hashed. */
  private static ServerSettings other(Address server) {
    return new ServerSettings("other", server, 1);
  }
}
