package io.fairlead.it;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ThreadSettings.Transport;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients come and go all the time, and some go in the middle of their replies: the number of a
 * socket that was closed is at once that of another one, whose client gets all of its own replies.
 */
@ExtendWith(LeakCheck.class)
class ComingAndGoingIT {
  private static final int THREADS = 6;
  private static final int CLIENTS_PER_THREAD = 1_000;
  private static final int KEYS = 300;
  private static final int VALUE_BYTES = 1_000;
  private static final String GETS = gets();

  private final AtomicInteger served = new AtomicInteger();

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"EPOLL", "NIO"})
  void whoStaysIsServedWhileOthersGo(Transport transport) throws Exception {
    try (MemcachedServer one = Memcached.start();
        MemcachedServer other = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(one, other).transport(transport).start()) {
      store(proxy);
      InParallel.forEach(
          IntStream.range(0, THREADS).boxed().toList(), THREADS, thread -> come(proxy, thread));
    }

    assertThat(served).hasValue(THREADS * CLIENTS_PER_THREAD / 2);
  }

  private static String gets() {
    return IntStream.range(0, KEYS).mapToObj(key -> "get k" + key + "\r\n").collect(joining());
  }

  private static void store(ProxyUnderTest proxy) {
    String value = "v".repeat(VALUE_BYTES);
    try (RawClient client = proxy.connect()) {
      for (int key = 0; key < KEYS; key++) {
        client.send("set k" + key + " 0 0 " + VALUE_BYTES + "\r\n" + value + "\r\n");
        client.expect("STORED\r\n");
      }
    }
  }

  private void come(ProxyUnderTest proxy, int thread) {
    for (int i = 0; i < CLIENTS_PER_THREAD; i++) {
      RawClient client = proxy.connect();
      if (i % 2 == 0) {
        client.send(GETS).close();
      } else {
        try (client) {
          converse(client, "own" + thread, String.valueOf(i));
        }
      }
    }
  }

  /** All at once, as the beginning is what could be lost. */
  private void converse(RawClient client, String key, String value) {
    String item = key + " 0 " + value.length() + "\r\n" + value + "\r\n";
    client.send(
        "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\nget " + key + "\r\n");
    client.expect("STORED\r\nVALUE " + item + "END\r\n");
    served.incrementAndGet();
  }
}
