package io.fairlead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.faults.Await;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept in the proxy is told by listener, and for backends; limits act on the sum. */
class BufferedBytesIT {
  private static final String METRIC = "fairlead_buffered_bytes";
  private static final int LOOP_BUFFER = 4 << 20;
  private static final int SHORT_ABOVE = LOOP_BUFFER / 4 * 3;
  private static final String VALUE = "v".repeat(100_000);
  private static final int LARGE_BYTES = 40 << 20;

  private final List<RawClient> clients = new ArrayList<>();
  private MemcachedServer memcached;
  private MonitoredProxy proxy;

  @BeforeEach
  void start() throws IOException {
    memcached = Memcached.start();
    proxy = MonitoredProxy.start(settings("127.0.0.1:0", "localhost:0"));
    client(0).send("set k 0 0 " + VALUE.length() + "\r\n" + VALUE + "\r\n").expect("STORED\r\n");
  }

  private String settings(String... listeners) {
    return """
    listeners: [%s]
    pools: {main: {servers: ['127.0.0.1:%d'], timeout: 60s, eject: false}}
    limits: {value: 64MiB, loop_buffer: %d}
    """
        .formatted(
            Stream.of(listeners)
                .map("{address: '%s', pool: main}"::formatted)
                .collect(Collectors.joining(", ")),
            memcached.port(),
            LOOP_BUFFER);
  }

  @AfterEach
  void stop() {
    clients.forEach(RawClient::close);
    proxy.close();
    memcached.close();
  }

  private RawClient client(int listener) {
    RawClient client =
        RawClient.connect(proxy.proxy().addresses().get(listener))
            .withDeadline(Duration.ofSeconds(30));
    clients.add(client);
    return client;
  }

  /** Asks for more than the sockets take, and reads nothing. */
  private void leaveUnread(int listener) {
    client(listener).send("get k\r\n".repeat(500));
  }

  private long total() {
    return proxy.proxy().stats().stream().mapToLong(loop -> loop.get(Counter.BUFFERED_BYTES)).sum();
  }

  /** By what stands in the label. */
  private Map<String, Double> kept() {
    Map<String, Double> rows = new TreeMap<>();
    proxy.scrape().samples().stream()
        .filter(sample -> sample.name().equals(METRIC))
        .forEach(sample -> rows.put(sample.labels().get("listener"), sample.value()));
    return rows;
  }

  /** Waits until nothing moves any more, and the rows are those with something in them. */
  private void awaitKept(String... names) {
    Await.until(
        "something is kept for " + String.join(" and ", names),
        () -> {
          long before = total();
          Map<String, Double> rows = kept();
          boolean isStill = total() == before;
          double sum = rows.values().stream().mapToDouble(Double::doubleValue).sum();
          rows.values().removeIf(value -> value == 0);
          return isStill && sum == before && rows.keySet().equals(Set.of(names));
        });
  }

  @Test
  void eachRowIsOfOneListenerOrOfTheBackendsAndTheirSumIsAll() throws InterruptedException {
    assertThat(kept()).containsOnlyKeys("127.0.0.1:0", "localhost:0", "backends");

    leaveUnread(1);
    awaitKept("localhost:0");

    memcached.freeze();
    RawClient large = client(0);
    large.send("set large 0 0 " + LARGE_BYTES + "\r\n");
    Thread sender = new Thread(() -> sendUntilClosed(large));
    sender.start();
    awaitKept("backends", "localhost:0");

    clients.forEach(RawClient::close);
    sender.join();
    awaitKept();
  }

  private static void sendUntilClosed(RawClient client) {
    try {
      for (int sent = 0; sent < LARGE_BYTES; sent += VALUE.length()) {
        client.send(VALUE);
      }
    } catch (UncheckedIOException e) {
      return; // the test has closed it
    }
  }

  @Test
  void aListenerThatIsClosedHasItsRowAsLongAsItHasClients() {
    leaveUnread(1);
    awaitKept("localhost:0");

    proxy.proxy().update(ConfigLoader.parse(settings("127.0.0.1:0"), "f.yaml"));
    awaitKept("localhost:0");
    assertThat(proxy.scrape().sum("fairlead_client_connections")).isEqualTo(2);

    clients.forEach(RawClient::close);
    Await.until("it is gone", () -> kept().keySet().equals(Set.of("127.0.0.1:0", "backends")));
    awaitKept();
  }

  /** With each client more is kept; memory is short from when the sum is above three quarters. */
  @Test
  void theSumIsWhatLimitsActOn() {
    int clientsWithRoom = 0;
    while (sum() <= SHORT_ABOVE) {
      assertThat(clientsWithRoom).as("clients, of which each keeps something").isLessThan(40);
      assertThat(proxy.scrape().sum("fairlead_overload_state")).isZero();
      long before = total();
      leaveUnread(clientsWithRoom++ % 2);
      awaitMoreThan(before);
    }

    assertThat(clientsWithRoom).as("on both listeners").isGreaterThan(1);
    assertThat(kept().values()).filteredOn(value -> value > 0).hasSize(2);
    Await.until("memory is short", () -> proxy.scrape().sum("fairlead_overload_state") > 0);

    clients.forEach(RawClient::close);
    awaitKept();
    Await.until("it is not any more", () -> proxy.scrape().sum("fairlead_overload_state") == 0);
  }

  private double sum() {
    return proxy.scrape().sum(METRIC);
  }

  private void awaitMoreThan(long before) {
    Await.until(
        "something is kept",
        () -> {
          double sum = sum();
          return sum > before && sum == total() && sum == sum();
        });
  }
}
