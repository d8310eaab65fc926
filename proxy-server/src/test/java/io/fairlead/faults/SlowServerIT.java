package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that cannot keep up gets no more than it may have; keys of others do not suffer. */
@ExtendWith(LeakCheck.class)
class SlowServerIT {
  private static final String OVERLOADED =
      "SERVER_ERROR server is overloaded: too many requests wait for it\r\n";
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final int ROUNDS = 200;

  /** Large values that may be on their way, of those that so many clients send at once. */
  private static final int MOST = 20;

  private static final int CLIENTS = 100;

  /** Small enough to wait in one piece, with others on the same connection. */
  private static final String SMALL = "x".repeat(10_000);

  /** Large enough for a connection of its own. */
  private static final String LARGE = "x".repeat(100_000);

  private static String set(String key, String value) {
    return "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  @Test
  void largeValuesForASlowServerFailAtOnceWhenTooManyAreOnTheirWay() {
    Script slow = Script.answeringAfter(Duration.ofMillis(500), Answers::of);
    try (ScriptedBackend slowServer = ScriptedBackend.answering(Answers::of);
        ScriptedBackend goodServer = ScriptedBackend.answering(Answers::of);
        TestProxy proxy =
            ProxySetup.sharded(slowServer.port(), goodServer.port())
                .timeout(PATIENCE)
                .serverRequests(MOST)
                .start()) {
      String slowKey = OwnedKey.of(slowServer, proxy.client());
      String goodKey = OwnedKey.of(goodServer, proxy.client());
      slowServer.nowRunning(slow);

      Latencies.check(
          "SLOW 500 ms, a large value for each of 100 clients, keys of another server",
          AT_ONCE,
          latencies -> {
            int before = countSets(slowServer);
            List<RawClient> writing = writing(proxy, slowKey);
            ask(proxy, latencies, "get " + goodKey + "\r\n", Answers.get(goodKey));
            int stored = countStored(writing);
            // Where it took long to send all, some were stored before the last ones came.
            assertThat(stored).isBetween(MOST, CLIENTS - 1);
            assertThat(countSets(slowServer) - before).isEqualTo(stored);
          });
    }
  }

  private static List<RawClient> writing(TestProxy proxy, String key) {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(proxy.client().withDeadline(PATIENCE).send(set(key, LARGE)));
    }
    return clients;
  }

  /** All others were refused. */
  private static int countStored(List<RawClient> clients) {
    int stored = 0;
    for (RawClient client : clients) {
      String reply = client.readLine() + "\r\n";
      assertThat(reply).isIn("STORED\r\n", OVERLOADED);
      stored += reply.equals(OVERLOADED) ? 0 : 1;
    }
    return stored;
  }

  private static int countSets(ScriptedBackend server) {
    return (int) server.lines().stream().filter(line -> line.startsWith("set ")).count();
  }

  @Test
  void requestsForAServerThatReadsNothingFailAtOnceWhenTooMuchWaits() {
    CountDownLatch forEver = new CountDownLatch(1);
    try (ScriptedBackend deaf = ScriptedBackend.answering(Answers::of);
        ScriptedBackend goodServer = ScriptedBackend.answering(Answers::of);
        TestProxy proxy =
            ProxySetup.sharded(deaf.port(), goodServer.port())
                .timeout(PATIENCE)
                .serverBufferBytes(64 << 10)
                .start()) {
      String deafKey = OwnedKey.of(deaf, proxy.client());
      String goodKey = OwnedKey.of(goodServer, proxy.client());
      deaf.nowRunning(peer -> peer.await(forEver));
      deaf.closeConnections();
      proxy.awaitCount(Counter.CONNECTIONS_LOST, 1); // the next request opens another

      fill(proxy, deafKey);

      Latencies.check(
          "DEAF, more than server_buffer waits for it",
          AT_ONCE,
          latencies -> ask(proxy, latencies, set(deafKey, SMALL), OVERLOADED));
      Latencies.check(
          "DEAF, keys of another server",
          AT_ONCE,
          latencies -> ask(proxy, latencies, "get " + goodKey + "\r\n", Answers.get(goodKey)));
    }
  }

  /** Sends until the sockets on the way take no more, and as much waits as may. */
  private static void fill(TestProxy proxy, String key) {
    int some = 20;
    String sets = set(key, SMALL).repeat(some);
    Await.until(
        "all requests of a client are refused",
        () -> {
          RawClient client = proxy.client().send(sets);
          return client.readUntilQuiet(QUIET).equals(OVERLOADED.repeat(some));
        });
  }

  private static void ask(TestProxy proxy, Latencies latencies, String request, String reply) {
    RawClient client = proxy.client();
    for (int round = 0; round < ROUNDS; round++) {
      long sent = System.nanoTime();
      client.send(request).expect(reply);
      latencies.ended(sent);
    }
  }
}
