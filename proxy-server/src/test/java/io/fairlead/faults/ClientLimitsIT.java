package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ProxySettings;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each limit of clients just below it, at it, and just above it, in front of a real memcached. The
 * first listener has the limit, the second one has not.
 */
@ExtendWith(LeakCheck.class)
class ClientLimitsIT {
  private static final String TOO_MANY = "ERROR Too many open connections\r\n";
  private static MemcachedServer server;

  @BeforeAll
  static void start() {
    server = Memcached.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /**
   * A limit.
   *
   * @param counter what counts that it was reached
   * @param request one that is so large
   * @param within what is answered up to the limit
   * @param beyond what is answered above it; null for the end of the connection
   */
  record Row(
      String limits,
      int limit,
      Counter counter,
      IntFunction<String> request,
      IntFunction<String> within,
      String beyond) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "{ value: 2048 }",
              2048,
              Counter.LIMIT_VALUE,
              bytes -> "set v 0 0 " + bytes + "\r\n" + "v".repeat(bytes) + "\r\n",
              bytes -> "STORED\r\n",
              "SERVER_ERROR object too large for cache\r\n"),
          new Row(
              "{ line: 200 }",
              200,
              Counter.LIMIT_LINE,
              bytes -> "delete" + " ".repeat(bytes - 7) + "k\r\n",
              bytes -> "NOT_FOUND\r\n",
              ""),
          new Row(
              "{ line: 128, get_line: 300 }",
              300,
              Counter.LIMIT_GET_LINE,
              bytes -> "gets" + " ".repeat(bytes - 5) + "k\r\n",
              bytes -> "END\r\n",
              ""),
          new Row(
              "{ keys_per_get: 5 }",
              5,
              Counter.LIMIT_KEYS_PER_GET,
              keys -> "get" + " hit".repeat(keys) + "\r\n",
              keys -> "VALUE hit 0 1\r\nx\r\n".repeat(keys) + "END\r\n",
              "CLIENT_ERROR too many keys\r\n"),
          new Row(
              "{}",
              250,
              Counter.LIMIT_KEY,
              bytes -> "get " + "k".repeat(bytes) + "\r\n",
              bytes -> "END\r\n",
              "CLIENT_ERROR bad command line format\r\n"),
          new Row(
              "{ client_requests: 5 }",
              5,
              Counter.LIMIT_CLIENT_REQUESTS,
              "delete k\r\n"::repeat,
              "NOT_FOUND\r\n"::repeat,
              "NOT_FOUND\r\n".repeat(6)),
          new Row(
              "{ requests_per_second: 50, request_burst: 5 }",
              5,
              Counter.LIMIT_REQUESTS_PER_SECOND,
              "delete k\r\n"::repeat,
              "NOT_FOUND\r\n"::repeat,
              "NOT_FOUND\r\n".repeat(6)));

  static Stream<Arguments> rows() {
    return ROWS.stream()
        .flatMap(
            row ->
                IntStream.rangeClosed(-1, 1)
                    .mapToObj(distance -> Arguments.of(row.counter(), distance, row)));
  }

  /** But for the length of a key, which is memcached's and no setting. */
  static Stream<Arguments> settings() {
    return rows().filter(row -> row.get()[0] != Counter.LIMIT_KEY);
  }

  private static ProxySettings settings(String limits) {
    return ConfigLoader.parse(
        """
        listeners:
          - { address: "127.0.0.1:0", limits: %s }
          - { address: "localhost:0" }
        pools: { main: { servers: ["127.0.0.1:%d"], timeout: 5s } }
        admin: false
        """
            .formatted(limits, server.port()),
        "fairlead.yaml");
  }

  private static TestProxy proxy(String limits) throws IOException {
    return new TestProxy(Proxy.start(settings(limits)), 1);
  }

  private static void awaitCount(TestProxy proxy, Counter counter, long expected) {
    Await.until(counter + " is " + expected, () -> proxy.count(counter) == expected);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  void holdsJustAbove(Counter counter, int distance, Row row) throws IOException {
    int size = row.limit() + distance;
    try (TestProxy proxy = proxy(row.limits())) {
      proxy.client().send("set hit 0 0 1\r\nx\r\n").expect("STORED\r\n");
      RawClient other = proxy.client().send("get hit\r\n").expect("VALUE hit 0 1\r\nx\r\nEND\r\n");
      RawClient client = proxy.client().send(row.request().apply(size));

      if (distance <= 0) {
        client.expect(row.within().apply(size));
      } else if (row.beyond().isEmpty()) {
        client.expectClosed();
      } else {
        client.expect(row.beyond());
      }

      awaitCount(proxy, counter, Math.max(0, distance));
      if (!row.beyond().isEmpty() || distance <= 0) {
        client.send("get hit\r\n").expect("VALUE hit 0 1\r\nx\r\nEND\r\n");
      }
      other.send("mn\r\n").expect("MN\r\n");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("settings")
  void holdsForItsListenerAlone(Counter counter, int distance, Row row) throws IOException {
    int size = row.limit() + distance;
    try (TestProxy proxy = proxy(row.limits())) {
      proxy.client(1).send("set hit 0 0 1\r\nx\r\n").expect("STORED\r\n");

      proxy
          .client(1)
          .send(row.request().apply(size))
          .expect(row.within().apply(size))
          .send("mn\r\n")
          .expect("MN\r\n");

      assertThat(proxy.count(counter)).isZero();
    }
  }

  @Test
  void soManyConnectionsOfOneAddressAreLetIn() throws IOException {
    try (TestProxy proxy = proxy("{ connections_per_address: 3 }")) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(proxy.client().send("mn\r\n").expect("MN\r\n"));
        assertThat(proxy.count(Counter.LIMIT_CONNECTIONS_PER_ADDRESS)).isZero();
      }

      proxy.client().expect(TOO_MANY).expectClosed();

      awaitCount(proxy, Counter.LIMIT_CONNECTIONS_PER_ADDRESS, 1);
      assertThat(proxy.count(Counter.CLIENTS_REJECTED)).isOne();
      assertThat(proxy.count(Counter.LIMIT_CONNECTIONS)).isZero();
      proxy.client(1).send("mn\r\n").expect("MN\r\n");
      clients.forEach(client -> client.send("mn\r\n").expect("MN\r\n"));
      clients.get(0).close();
      Await.until("one has left", () -> proxy.count(Counter.CLIENTS) == 3);
      proxy.client().send("mn\r\n").expect("MN\r\n");
    }
  }

  @Test
  void aSilentClientIsClosedAndOneThatSpeaksIsNot() throws IOException {
    try (TestProxy proxy = proxy("{ idle_timeout: 2s }")) {
      RawClient silent = proxy.client().send("mn\r\n").expect("MN\r\n");
      RawClient elsewhere = proxy.client(1);
      RawClient busy = proxy.client();

      while (proxy.count(Counter.LIMIT_IDLE_TIMEOUT) == 0) {
        busy.send("get k\r\n").expect("END\r\n");
      }

      silent.expectClosed();
      busy.send("get k\r\n").expect("END\r\n");
      elsewhere.send("get k\r\n").expect("END\r\n");
      assertThat(proxy.count(Counter.LIMIT_IDLE_TIMEOUT)).isOne();
    }
  }

  @Test
  void aClientThatDoesNotEndItsCommandIsClosed() throws IOException {
    try (TestProxy proxy = proxy("{ command_timeout: 500ms }")) {
      List<RawClient> slow =
          Stream.of("get a", "set k 0 0 9\r\nabc", "set k 0 0 200000\r\n" + "v".repeat(100_000))
              .map(half -> proxy.client().send("mn\r\n" + half).expect("MN\r\n"))
              .toList();
      RawClient elsewhere = proxy.client(1).send("get");
      RawClient quiet = proxy.client().send("get k\r\n").expect("END\r\n");

      slow.forEach(RawClient::expectClosed);

      awaitCount(proxy, Counter.LIMIT_COMMAND_TIMEOUT, 3);
      quiet.send("get k\r\n").expect("END\r\n");
      elsewhere.send(" k\r\n").expect("END\r\n");
    }
  }

  @Test
  void aReloadChangesThemForThoseWhoAreConnected() throws IOException {
    try (TestProxy proxy = proxy("{}")) {
      RawClient client = proxy.client().send("get a b c\r\n").expect("END\r\n");
      RawClient silent = proxy.client().send("mn\r\n").expect("MN\r\n");
      RawClient half = proxy.client().send("mn\r\n").expect("MN\r\n");

      proxy.update(
          settings("{ keys_per_get: 2, connections_per_address: 1, command_timeout: 300ms }"));

      client.send("get a b c\r\nget a b\r\n").expect("CLIENT_ERROR too many keys\r\nEND\r\n");
      proxy.client().expect(TOO_MANY).expectClosed();
      half.send("get ").expectClosed();
      silent.send("mn\r\n").expect("MN\r\n");

      proxy.update(settings("{ idle_timeout: 300ms }"));
      silent.expectClosed();
      assertThat(proxy.count(Counter.LIMIT_KEYS_PER_GET)).isOne();
      assertThat(proxy.count(Counter.LIMIT_CONNECTIONS_PER_ADDRESS)).isOne();
      assertThat(proxy.count(Counter.LIMIT_COMMAND_TIMEOUT)).isOne();
    }
  }
}
