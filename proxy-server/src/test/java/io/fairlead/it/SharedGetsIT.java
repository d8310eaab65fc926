package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.LimitSettings;
import io.fairlead.faults.Await;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients that ask for the same key at once. */
@ExtendWith(LeakCheck.class)
class SharedGetsIT {
  private static final int MANY = 1_000;
  private static final int LARGE = 1_000_000;
  private static final int READERS = 40;
  private static final int READS = 6;

  /** The write is read before the reads are answered. */
  private static final int MUCH_ROOM = 64 << 20;

  private static final int THOSE_WHO_DO_NOT_READ = 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aThousandConcurrentGetsOfAKeyAreOneForEachLoop(int loops) throws Exception {
    CountDownLatch all = new CountDownLatch(1);
    Script script =
        peer -> {
          while (true) {
            String request = peer.nextRequest();
            all.await();
            peer.send(request.equals("get k") ? "VALUE k 0 1\r\nv\r\nEND\r\n" : "ERROR\r\n");
          }
        };
    List<RawClient> clients = new ArrayList<>();
    try (ScriptedBackend server = ScriptedBackend.running(script);
        ProxyUnderTest proxy =
            ProxyUnderTest.inFrontOfAddresses(List.of(server.address()))
                .shareGets(true)
                .loops(loops)
                .start()) {
      for (int i = 0; i < MANY; i++) {
        clients.add(proxy.connect().send("get k\r\n"));
      }
      Await.until(
          "every get is under way or shares one",
          () -> proxy.count(Counter.SHARED_KEYS) + loops >= MANY);
      all.countDown();

      for (RawClient client : clients) {
        client.expect("VALUE k 0 1\r\nv\r\nEND\r\n");
      }
      int asked = server.lines().size();
      System.out.printf("STAMPEDE: %d gets, %d loops: %d at the server%n", MANY, loops, asked);
      assertThat(asked).isBetween(1, loops);
      server.verify();
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  /** More share the value than memory is spared for, and nobody who has written may ask again. */
  @Test
  void readsOfALargeValueAreNotOvertakenByTheClientsOwnWrite() throws Exception {
    String value = "v".repeat(LARGE);
    String reply = "VALUE k 0 " + LARGE + "\r\n" + value + "\r\nEND\r\n";
    try (MemcachedServer memcached = Memcached.start();
        ProxyUnderTest proxy =
            ProxyUnderTest.inFrontOf(memcached)
                .shareGets(true)
                .clientBufferBytes(MUCH_ROOM)
                .start();
        RawClient client = proxy.connect()) {
      client.send("set k 0 0 " + LARGE + "\r\n" + value + "\r\n").expect("STORED\r\n");

      client.send("get k\r\n".repeat(READS) + "set k 0 0 1\r\nx\r\nget k\r\n");

      client.expect(reply.repeat(READS) + "STORED\r\nVALUE k 0 1\r\nx\r\nEND\r\n");
      assertThat(proxy.count(Counter.SHARED_KEYS)).isPositive();
    }
  }

  @Test
  void clientsThatDoNotReadALargeValueDoNotHurtThoseWhoDo() throws Exception {
    String value = "v".repeat(LARGE);
    String reply = "VALUE k 0 " + LARGE + "\r\n" + value + "\r\nEND\r\n";
    List<RawClient> readers = new ArrayList<>();
    List<RawClient> others = new ArrayList<>();
    try (MemcachedServer memcached = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(memcached).shareGets(true).start()) {
      try (RawClient writer = proxy.connect()) {
        writer.send("set k 0 0 " + LARGE + "\r\n" + value + "\r\n").expect("STORED\r\n");
      }
      for (int i = 0; i < THOSE_WHO_DO_NOT_READ; i++) {
        others.add(proxy.connect().send("get k\r\n".repeat(3)));
      }
      for (int i = 0; i < READERS; i++) {
        readers.add(proxy.connect().send("get k\r\n"));
      }

      InParallel.forEach(readers, READERS, reader -> reader.expect(reply));

      assertThat(proxy.count(Counter.BUFFERED_BYTES)).isLessThan(LimitSettings.DEFAULT.loopBytes());
      try (RawClient client = proxy.connect()) {
        client.send("set small 0 0 1\r\nx\r\nget small\r\n");
        client.expect("STORED\r\nVALUE small 0 1\r\nx\r\nEND\r\n");
      }
      InParallel.forEach(others, THOSE_WHO_DO_NOT_READ, late -> late.expect(reply.repeat(3)));
    } finally {
      readers.forEach(RawClient::close);
      others.forEach(RawClient::close);
    }
  }
}
