package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for much and do not read it. */
@ExtendWith(LeakCheck.class)
class UnreadRepliesIT {
  private static final int MIB = 1 << 20;
  private static final int VALUE_BYTES = 100 << 10;
  private static final int KEYS = 10;

  private static final String SMALL = "VALUE small 0 5\r\nhello\r\nEND\r\n";

  /** What the proxy says instead of a value that it had to drop. */
  private static final String DROPPED =
      "SERVER_ERROR reply dropped: this client does not read fast enough";

  private final MemcachedServer server = Memcached.start("-m", "128");

  @AfterEach
  void stop() {
    server.close();
  }

  private ProxySetup setup() {
    return ProxySetup.sharded(server.port()).timeout(Duration.ofSeconds(2));
  }

  private static String value(int key) {
    return ("<" + key + ">").repeat(VALUE_BYTES / 3);
  }

  private void store(TestProxy proxy) {
    RawClient client = proxy.client();
    for (int key = 0; key < KEYS; key++) {
      client.send("set k" + key + " " + key + " 0 " + value(key).length() + "\r\n" + value(key));
      client.send("\r\n").expect("STORED\r\n");
    }
    client.send("set small 0 0 5\r\nhello\r\n").expect("STORED\r\n").close();
  }

  private static String gets(int count) {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      requests.append("get k").append(i % KEYS).append("\r\n");
    }
    return requests.toString();
  }

  @Test
  void aClientThatDoesNotReadIsBoundedThenClosedAndDelaysNobody() {
    Latencies.check(
        "ANOTHER CLIENT, while one does not read", Duration.ZERO, this::askWhileOneDoesNotRead);
  }

  private void askWhileOneDoesNotRead(Latencies latencies) {
    int limit = MIB + VALUE_BYTES + 128 * 1024; // its buffer, a value, and what is on its way
    try (TestProxy proxy = setup().clientTimeout(Duration.ofMillis(800)).start()) {
      store(proxy);
      RawClient other = proxy.client().send("get small\r\n").expect(SMALL);
      proxy.client().send(gets(5000));

      long start = System.nanoTime();
      long most = askUntilSomeAreClosed(proxy, other, latencies);
      System.out.printf(
          Locale.ROOT,
          "%-36s at most %d KiB buffered (limit %d), closed after %d ms%n",
          "ONE CLIENT THAT DOES NOT READ",
          most >> 10,
          limit >> 10,
          (System.nanoTime() - start) / 1_000_000);
      assertThat(most).isBetween((long) MIB / 2, (long) limit);
      Await.until("its memory is free", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
    }
  }

  /** Returns how much was buffered at most. */
  private static long askUntilSomeAreClosed(TestProxy proxy, RawClient other, Latencies latencies) {
    long most = 0;
    while (proxy.count(Counter.CLIENTS_TOO_SLOW) == 0) {
      long sent = System.nanoTime();
      other.send("get small\r\n").expect(SMALL);
      latencies.ended(sent);
      most = Math.max(most, proxy.count(Counter.BUFFERED_BYTES));
    }
    return most;
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 200 << 10, 32 << 10, 4 << 10})
  void aClientThatReadsInTimeGetsEverythingInOrder(int bufferBytes) {
    try (TestProxy proxy = setup().clientBufferBytes(bufferBytes).start()) {
      store(proxy);
      int requests = 400;
      RawClient client = proxy.client();
      client.send(gets(requests));
      Await.until("the proxy holds it back", () -> isHeldBack(proxy));

      int dropped = readInOrder(client, requests);

      System.out.printf(
          "%-36s %d of %d values dropped%n",
          "READS LATE, buffer " + (bufferBytes >> 10) + " KiB", dropped, requests);
      client.send("get small\r\n").expect(SMALL);
      Await.until("its memory is free", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
    }
  }

  /** Nothing more is asked of the server, because the client has not read what there is. */
  private static boolean isHeldBack(TestProxy proxy) {
    long asked = proxy.count(Counter.SERVER_REQUESTS);
    return proxy.status(0).inFlight() == 0
        && proxy.count(Counter.BUFFERED_BYTES) > 0
        && proxy.count(Counter.SERVER_REQUESTS) == asked;
  }

  /** Each reply is the right value or one error line. */
  private static int readInOrder(RawClient client, int requests) {
    int dropped = 0;
    for (int i = 0; i < requests; i++) {
      int key = i % KEYS;
      String line = client.readLine();
      if (line.equals(DROPPED)) {
        dropped++;
      } else {
        assertThat(line).isEqualTo("VALUE k" + key + " " + key + " " + value(key).length());
        client.expect(value(key) + "\r\nEND\r\n");
      }
    }
    return dropped;
  }

  @Test
  void aMultigetThatIsNotReadGetsItsValuesInOrderOrIsMarkedPartial() {
    try (TestProxy proxy = setup().start()) {
      store(proxy);
      RawClient client = proxy.client();
      String keys = " k0 k1 k2 k3 k4 k5 k6 k7 k8 k9";
      client.send("get" + keys.repeat(30) + "\r\n");
      Await.until("the proxy holds it back", () -> isHeldBack(proxy));

      int next = 0;
      int values = 0;
      String line = client.readLine();
      for (; !line.equals("END"); line = client.readLine(), values++) {
        int key = Integer.parseInt(line.substring(7, 8));
        assertThat(line).isEqualTo("VALUE k" + key + " " + key + " " + value(key).length());
        client.expect(value(key) + "\r\n");
        next = next + Math.floorMod(key - next, KEYS) + 1; // the next place at which it was asked
      }
      System.out.printf("%-36s %d of 300 values%n", "A MULTI-GET READ LATE", values);
      assertThat(next).isLessThanOrEqualTo(300);
      assertThat(proxy.count(Counter.PARTIAL_GETS)).isEqualTo(values < 300 ? 1 : 0);
      client.send("get small\r\n").expect(SMALL);
    }
  }

  @Test
  void manyClientsThatDoNotReadStayWithinTheLoopsLimitAndDelayNobody() {
    Latencies.check(
        "ANOTHER CLIENT, while many do not read", Duration.ZERO, this::askWhileManyDoNotRead);
  }

  private void askWhileManyDoNotRead(Latencies latencies) {
    int clients = 60;
    long loopLimit = 16L * MIB;
    // Beyond the limit, each client may still have 64 KiB on their way to its socket, and a value.
    long limit = loopLimit + clients * (VALUE_BYTES + (64L << 10)) + MIB;
    try (TestProxy proxy =
        setup().loopBytes(loopLimit).clientTimeout(Duration.ofMillis(800)).start()) {
      store(proxy);
      RawClient other = proxy.client().send("get small\r\n").expect(SMALL);
      List<RawClient> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(proxy.client().send(gets(200)));
      }
      long most = askUntilSomeAreClosed(proxy, other, latencies);
      System.out.printf(
          "%-36s at most %d KiB buffered (limit %d)%n",
          clients + " CLIENTS THAT DO NOT READ", most >> 10, limit >> 10);
      assertThat(most).isBetween(loopLimit / 2, limit);
      Await.until("they are closed", () -> proxy.count(Counter.CLIENTS) == 1);
      Await.until("their memory is free", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
      assertThat(all.subList(0, 3)).allSatisfy(UnreadRepliesIT::readUntilClosed);
    }
  }

  /** What had been sent to a client before it was closed is in order. */
  private static void readUntilClosed(RawClient client) {
    String received = client.readUntilQuiet(Duration.ofSeconds(5));
    assertThat(client.isClosed()).isTrue();
    int at = 0;
    for (int i = 0; at < received.length(); i++) {
      int key = i % KEYS;
      String reply = "VALUE k" + key + " " + key + " " + value(key).length() + "\r\n" + value(key);
      reply += "\r\nEND\r\n";
      if (received.startsWith(DROPPED, at)) {
        reply = DROPPED + "\r\n";
      }
      String actual = received.substring(at, Math.min(at + reply.length(), received.length()));
      assertThat(reply.startsWith(actual)).as("reply " + i).isTrue();
      at += actual.length();
    }
  }

  @Test
  void clientsThatReadLateGoOnAfterTheLoopWasShortOfMemory() {
    int clients = 30;
    int requests = 100;
    try (TestProxy proxy = setup().loopBytes(2L * MIB).start()) {
      store(proxy);
      List<RawClient> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        // New clients are refused while memory is short: large values are asked for when all are
        // in.
        all.add(proxy.client().send("get small\r\n").expect(SMALL));
      }
      for (RawClient client : all) {
        client.send(gets(requests));
      }
      Await.until("the proxy holds them back", () -> isHeldBack(proxy));

      int dropped = 0;
      for (RawClient client : all) {
        dropped += readInOrder(client, requests);
      }
      System.out.printf(
          "%-36s %d of %d values dropped%n",
          clients + " CLIENTS READ LATE", dropped, clients * requests);
      for (RawClient client : all) {
        client.send("get small\r\n").expect(SMALL);
      }
    }
  }

  @Test
  void smallValuesThatAreReadLateAreNotForgotten() {
    int requests = 20_000;
    try (TestProxy proxy = setup().clientBufferBytes(8 << 10).start()) {
      String reply = "VALUE k 0 1000\r\n" + "x".repeat(1000) + "\r\nEND\r\n";
      RawClient client = proxy.client();
      client.send("set k 0 0 1000\r\n" + "x".repeat(1000) + "\r\n").expect("STORED\r\n");
      client.send("get k\r\n".repeat(requests));
      Await.until("the proxy holds it back", () -> isHeldBack(proxy));
      for (int i = 0; i < requests; i++) {
        if (client.readLine().startsWith("VALUE ")) {
          client.expect(reply.substring(reply.indexOf('\n') + 1));
        }
      }
      client.send("version\r\n").expect("VERSION 1.6.18\r\n");
    }
  }
}
