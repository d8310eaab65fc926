package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many clients at once send random commands in long pipelines, and each compares every byte of
 * every reply with what it knows must come.
 *
 * <p>A failure names the seed; {@code -Dfairlead.seed=N} repeats the same requests.
 */
@ExtendWith(LeakCheck.class)
class CoalescingModelIT {
  private static final int CLIENTS = 24;
  private static final int SERVERS = 3;
  private static final int REQUESTS_PER_CLIENT = 4_000;

  /** A pipeline may ask for a hundred large values; none of them is dropped for want of room. */
  private static final int MUCH_ROOM = 64 << 20;

  private static final int KEYS_OF_A_LONG_GET = 100;
  private static final int LONG_GETS = 20;

  /** Nothing may be evicted, whatever sizes the values have. */
  private static final String[] MUCH_MEMORY = {"-m", "1024"};

  @ParameterizedTest(name = "coalesce {0}, share_gets {1}, {2} loops")
  @CsvSource({
    "true,false,1",
    "true,false,2",
    "false,false,1",
    "false,false,2",
    "true,true,1",
    "false,true,2"
  })
  void everyClientGetsItsOwnReplies(boolean coalesce, boolean shareGets, int loops)
      throws Exception {
    long seed = Long.getLong("fairlead.seed", System.nanoTime());
    List<MemcachedServer> servers = Memcached.startAll(SERVERS, MUCH_MEMORY);
    try (ProxyUnderTest proxy =
        ProxyUnderTest.inFrontOf(servers)
            .coalesce(coalesce)
            .shareGets(shareGets)
            .loops(loops)
            .clientBufferBytes(MUCH_ROOM)
            .start()) {
      SharedKeys shared = new SharedKeys();
      try (RawClient client = proxy.connect()) {
        shared.writeAll(client, new Random(seed));
      }
      AtomicLong duplicates = new AtomicLong();

      InParallel.forEach(
          IntStream.range(0, CLIENTS).boxed().toList(),
          CLIENTS,
          number -> duplicates.addAndGet(runClient(proxy, shared, seed, number)));

      assertCoalesced(proxy, coalesce);
      assertShared(proxy, coalesce || shareGets, duplicates.get());
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  /** A get of many keys is held back after some of them, when the next client's turn comes. */
  @Test
  void keysOfDifferentClientsStayApartWithoutCoalescing() throws Exception {
    String request =
        IntStream.range(0, KEYS_OF_A_LONG_GET)
            .mapToObj(i -> "key-" + i)
            .collect(Collectors.joining(" ", "get ", "\r\n"));
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(server).coalesce(false).start()) {
      InParallel.forEach(
          IntStream.range(0, CLIENTS).boxed().toList(),
          CLIENTS,
          number -> {
            try (RawClient client = proxy.connect()) {
              client.send(request.repeat(LONG_GETS)).expect("END\r\n".repeat(LONG_GETS));
            }
          });

      assertThat(proxy.count(Counter.COALESCED_KEYS)).isZero();
    }
  }

  private static long runClient(ProxyUnderTest proxy, SharedKeys shared, long seed, int number) {
    try (RawClient connection = proxy.connect()) {
      ModelClient client = new ModelClient("client-" + number, shared, new Random(seed + number));
      client.run(connection, REQUESTS_PER_CLIENT);
      return client.duplicateKeys();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("client " + number + ", seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** A key that is asked for twice in one get is shared in any case. */
  private static void assertShared(ProxyUnderTest proxy, boolean shares, long duplicates) {
    if (shares) {
      assertThat(proxy.count(Counter.SHARED_KEYS)).isGreaterThan(duplicates);
    } else {
      assertThat(proxy.count(Counter.SHARED_KEYS)).isLessThanOrEqualTo(duplicates);
    }
  }

  private static void assertCoalesced(ProxyUnderTest proxy, boolean coalesce) {
    if (coalesce) {
      assertThat(proxy.count(Counter.COALESCED_KEYS)).isPositive();
    } else {
      assertThat(proxy.count(Counter.COALESCED_KEYS)).isZero();
    }
    assertThat(proxy.count(Counter.VALUES_DROPPED)).isZero();
    assertThat(proxy.count(Counter.PROTOCOL_VIOLATIONS)).isZero();
    assertThat(proxy.count(Counter.CONNECTIONS_LOST)).isZero();
    assertThat(proxy.count(Counter.SERVER_ERRORS)).isZero();
  }
}
