package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a server fails to answer, the client has an answer when the time-out is over. */
@ExtendWith(LeakCheck.class)
class SilentServerIT {
  private static final int ROUNDS = 5;
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final String LARGE = "x".repeat(50_000);

  /** Each kind of request, and what a server that behaves answers to it. */
  private static final List<String> REQUESTS =
      List.of(
          "get k\r\n",
          "get k k2 k3\r\n",
          "set k 0 0 1\r\nx\r\n",
          "incr k 1\r\n",
          "delete k\r\n",
          "mg k v\r\n");

  /** What the server does with requests, and when the client must have been told. */
  @SuppressWarnings("ImmutableEnumChecker") // a script keeps nothing
  enum Fault {
    BLACK_HOLE(Script.silent(), ProxySetup.TIMEOUT),
    HALF_A_LINE(afterRequest(peer -> peer.send("VALUE k 0")), ProxySetup.TIMEOUT),
    HALF_A_VALUE(afterRequest(peer -> peer.send("VALUE k 0 9\r\nabc")), ProxySetup.TIMEOUT),
    HALF_A_LINE_THEN_CLOSE(
        afterRequest(
            peer -> {
              peer.send("VALUE k 0");
              peer.close();
            }),
        AT_ONCE),
    HALF_A_VALUE_THEN_CLOSE(
        afterRequest(
            peer -> {
              peer.send("VALUE k 0 9\r\nabc");
              peer.close();
            }),
        AT_ONCE),
    CLOSE(Script.closingAfter(0, Answers::of), AT_ONCE),
    CLOSE_ON_ACCEPT(Script.closing(), AT_ONCE),
    RESET(afterRequest(peer -> peer.reset()), AT_ONCE),
    RESET_ON_ACCEPT(Script.resetting(), AT_ONCE);

    private final Script script;
    private final Duration limit;

    Fault(Script script, Duration limit) {
      this.script = script;
      this.limit = limit;
    }
  }

  private static Script afterRequest(Script then) {
    return peer -> {
      peer.nextRequest();
      then.run(peer);
    };
  }

  @ParameterizedTest
  @EnumSource
  void answersEveryRequestInTimeAndGoesOnAfterwards(Fault fault) {
    try (ScriptedBackend backend = ScriptedBackend.running(fault.script);
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      measure(fault.name(), proxy, fault.limit);

      backend.nowRunning(Script.answering(Answers::of));
      awaitService(proxy);
    }
  }

  @Test
  void answersEveryRequestToAFrozenServerInTimeAndGoesOnAfterwards() {
    try (MemcachedServer server = Memcached.start();
        TestProxy proxy = ProxySetup.sharded(server.port()).timeout(ProxySetup.TIMEOUT).start()) {
      proxy.client().send("set k 0 0 10\r\nvalue-of-k\r\n").expect("STORED\r\n");
      server.freeze();
      measure("FROZEN", proxy, ProxySetup.TIMEOUT);

      server.thaw();
      awaitAnswer(proxy, "set k 0 0 10\r\nvalue-of-k\r\n", "STORED");
      awaitService(proxy);
    }
  }

  @Test
  void answersEveryRequestToAPortThatRefusesAtOnceAndGoesOnAfterwards() {
    try (ScriptedBackend backend = ScriptedBackend.answering(Answers::of)) {
      backend.refuse();
      try (TestProxy proxy =
          ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
        measure("REFUSED", proxy, AT_ONCE);

        backend.listen();
        awaitService(proxy);
      }
    }
  }

  @Test
  void answersAWholePipelineWhenItsServerIsKilled() {
    Latencies.check(
        "KILLED in a pipeline of 2000",
        AT_ONCE,
        latencies -> {
          try (MemcachedServer server = Memcached.start();
              TestProxy proxy =
                  ProxySetup.sharded(server.port())
                      .clientBufferBytes(64 << 20)
                      .timeout(ProxySetup.TIMEOUT)
                      .start()) {
            killInPipeline(server, proxy, latencies);
          }
        });
  }

  private static void killInPipeline(MemcachedServer server, TestProxy proxy, Latencies latencies) {
    int requests = 2000;
    RawClient client = proxy.client();
    client.send("set k 0 0 1\r\nx\r\n").expect("STORED\r\n");
    server.freeze(); // so that the requests are in flight when it dies
    client.send(("incr n 1\r\n".repeat(99) + "get k\r\n").repeat(requests / 100));
    Await.until("requests in flight", () -> proxy.status(0).inFlight() == requests);

    server.kill();
    long killed = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      assertThat(client.readLine()).startsWith("SERVER_ERROR ");
    }
    latencies.ended(killed);
    client.expectSilence(Duration.ofMillis(20));

    server.restart();
    awaitAnswer(proxy, "get k\r\n", "END");
  }

  @Test
  void closesAClientOfWhichHalfALargeValueHasBeenSent() {
    Script half = afterRequest(peer -> peer.send("VALUE k 0 100000\r\n" + LARGE));
    try (ScriptedBackend backend = ScriptedBackend.running(half);
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      backend.awaitConnections(1); // the one that the proxy opens by itself
      Latencies.check(
          "HALF_A_LARGE_VALUE, closed",
          ProxySetup.TIMEOUT,
          latencies -> {
            backend.closeConnections();
            backend.awaitOpenConnections(0);
            RawClient client = proxy.client();
            long sent = System.nanoTime();
            client.send("get k\r\n").expect("VALUE k 0 100000\r\n" + LARGE).expectClosed();
            latencies.ended(sent);
          });

      backend.nowRunning(Script.answering(Answers::of));
      awaitService(proxy);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 100_000})
  void aValueThatTricklesInDelaysNobodyElse(int length) {
    try (ScriptedBackend backend = ScriptedBackend.running(trickling(length));
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      proxy.client().send("get slow\r\n");
      backend.awaitLines(1);
      check("TRICKLE of " + length + ", behind it", proxy, "get k\r\n");
    }
  }

  @Test
  void aSmallValueThatTricklesInIsGivenUp() {
    try (ScriptedBackend backend = ScriptedBackend.running(trickling(100));
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      check("TRICKLE of 100", proxy, "get slow\r\n");
    }
  }

  private static Script trickling(int length) {
    return afterRequest(
        peer -> {
          peer.send("VALUE slow 0 " + length + "\r\n");
          while (peer.isOpen()) {
            peer.send("x");
            peer.pause(Duration.ofMillis(50));
          }
        });
  }

  @Test
  void aGetOfManyKeysTakesNoLongerThanAGetOfOne() {
    String keys = IntStream.range(0, 100).mapToObj(i -> " k" + i).collect(Collectors.joining());
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent());
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      check("BLACK_HOLE, a get of 100 keys", proxy, "get" + keys + "\r\n");
    }
  }

  /** The first requests of a JVM load classes. */
  @BeforeAll
  static void warmUp() {
    try (ScriptedBackend backend = ScriptedBackend.answering(Answers::of);
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      RawClient client = proxy.client();
      for (String request : REQUESTS) {
        client.send(request).readUntilQuiet(Duration.ofMillis(20));
      }
      backend.refuse();
      backend.closeConnections();
      Await.until("an error", () -> client.send("get k\r\n").readLine().startsWith("SERVER_"));
    }
  }

  /** New clients, one after the other, get an error in time. */
  private static void check(String name, TestProxy proxy, String request) {
    Latencies.check(
        name,
        ProxySetup.TIMEOUT,
        latencies -> {
          for (int round = 0; round < ROUNDS; round++) {
            RawClient client = proxy.client();
            long sent = System.nanoTime();
            assertThat(client.send(request).readLine()).startsWith("SERVER_ERROR ");
            latencies.ended(sent);
          }
        });
  }

  private static void measure(String name, TestProxy proxy, Duration limit) {
    Latencies.check(name, limit, latencies -> askInRounds(proxy, latencies));
  }

  private static void askInRounds(TestProxy proxy, Latencies latencies) {
    List<RawClient> clients = new ArrayList<>();
    REQUESTS.forEach(request -> clients.add(proxy.client()));
    for (int round = 0; round < ROUNDS; round++) {
      long sent = System.nanoTime();
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).send(REQUESTS.get(i));
      }
      for (RawClient client : clients) {
        assertThat(client.readLine()).startsWith("SERVER_ERROR ");
        latencies.ended(sent);
      }
    }
    clients.forEach(client -> client.expectSilence(Duration.ofMillis(5)));
  }

  private static void awaitService(TestProxy proxy) {
    RawClient client = proxy.client();
    Await.until(
        "the server is used again", () -> client.send("get k\r\n").readLine().startsWith("VALUE"));
    client.expect("value-of-k\r\nEND\r\n");
  }

  private static void awaitAnswer(TestProxy proxy, String request, String answer) {
    RawClient client = proxy.client();
    Await.until("the answer " + answer, () -> client.send(request).readLine().equals(answer));
  }
}
