package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.frontend.ClientStatus;
import io.fairlead.health.Hold;
import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators do to servers, before real memcached. */
@ExtendWith(LeakCheck.class)
class OperatorsIT {
  private static final int KEYS = 500;
  private static final int PER_SECOND = 4000;
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);

  @RegisterExtension static final Servers SERVERS = new Servers(3);

  @SuppressWarnings("NullAway.Init") // each test starts one
  private Proxy proxy;

  @AfterEach
  void stop() {
    proxy.close();
  }

  private static ProxySettings settings(Mode mode, Duration timeout, EjectSettings eject) {
    List<ServerSettings> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      servers.add(
          new ServerSettings("s" + i, new Address.Tcp("127.0.0.1", SERVERS.ports().get(i)), 1));
    }
    return ProxySettings.of(
            List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 0), "main")),
            List.of(
                PoolSettings.with("main", mode, servers)
                    .timeout(timeout)
                    .connections(2)
                    .eject(eject)
                    .build()))
        .threads(new ThreadSettings(2, ThreadSettings.DEFAULT.transport(), true))
        .build();
  }

  private void start(Mode mode, Duration timeout) throws IOException {
    proxy =
        Proxy.start(settings(mode, timeout, EjectSettings.defaultFor(RingSettings.DEFAULT, mode)));
  }

  private int port() {
    return ((InetSocketAddress) proxy.addresses().get(0)).getPort();
  }

  private State state(String server) {
    return of(server).get(0).state();
  }

  private int inFlight(String server) {
    return of(server).stream().mapToInt(ServerStatus::inFlight).sum();
  }

  private List<ServerStatus> of(String server) {
    return proxy.servers().stream().filter(status -> status.server().equals(server)).toList();
  }

  private long sum(String server, ServerCounter counter) {
    return proxy.pools().stream()
        .flatMap(pool -> pool.servers().stream())
        .filter(stats -> stats.server().equals(server))
        .mapToLong(stats -> stats.get(counter))
        .sum();
  }

  private long count(Counter counter) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  private void fill() {
    try (RawClient client = RawClient.connect(port())) {
      for (int i = 0; i < KEYS; i++) {
        client.send("set " + OpenLoad.key(i) + " 0 0 1\r\nx\r\n").expect("STORED\r\n");
      }
    }
  }

  private static void awaitAnswers(OpenLoad load, int more) {
    int until = load.answered() + more;
    Await.until("more answers", () -> load.answered() >= until);
  }

  @Test
  void aServerIsDrainedStoppedStartedAndResumedUnderLoadWithoutAnError() throws Exception {
    start(Mode.SHARDED, PATIENT);
    fill();
    try (OpenLoad load = OpenLoad.start(port(), KEYS, PER_SECOND)) {
      awaitAnswers(load, PER_SECOND / 4);

      assertThat(proxy.hold("main", "s1", Hold.DRAINED)).isTrue();
      Await.until("nothing is in flight", () -> inFlight("s1") == 0);
      assertThat(state("s1")).isEqualTo(State.DRAINED);
      Await.until("nothing is open", () -> sum("s1", ServerCounter.SERVER_CONNECTIONS) == 0);
      SERVERS.kill(1);
      awaitAnswers(load, PER_SECOND / 2);
      assertThat(state("s1")).isEqualTo(State.DRAINED);
      SERVERS.reset();
      long before = sum("s1", ServerCounter.REQUESTS);
      proxy.hold("main", "s1", Hold.NONE);
      Await.until("it is back", () -> state("s1") == State.RAMPING || state("s1") == State.UP);
      Await.until("it is asked", () -> sum("s1", ServerCounter.REQUESTS) > before);
      awaitAnswers(load, PER_SECOND / 4);

      assertThat(load.wrong()).isEmpty();
    }
    assertThat(count(Counter.EJECTIONS)).isZero();
    assertThat(count(Counter.TIMEOUTS)).isZero();
  }

  @Test
  void connectionsAreReplacedUnderLoadWithoutAnError() throws Exception {
    start(Mode.SHARDED, PATIENT);
    fill();
    try (OpenLoad load = OpenLoad.start(port(), KEYS, PER_SECOND)) {
      awaitAnswers(load, PER_SECOND / 4);
      for (int i = 0; i < 5; i++) {
        long open = sum("s1", ServerCounter.SERVER_CONNECTIONS);
        long opened = count(Counter.CONNECTS);

        int replaced = proxy.reconnect("main", "s1");

        assertThat(replaced).isEqualTo((int) open).isPositive();
        Await.until("others are open", () -> count(Counter.CONNECTS) >= opened + replaced);
        Await.until(
            "the former are closed", () -> sum("s1", ServerCounter.SERVER_CONNECTIONS) == open);
      }
      awaitAnswers(load, PER_SECOND / 4);

      assertThat(load.wrong()).isEmpty();
      assertThat(load.missed()).isEmpty();
    }
    assertThat(count(Counter.RETRIES)).isZero();
  }

  @Test
  void aServerIsPausedRestartedAndResumedUnderLoadWithoutAnError() throws Exception {
    start(Mode.SHARDED, PATIENT);
    fill();
    try (OpenLoad load = OpenLoad.start(port(), KEYS, PER_SECOND / 4)) {
      awaitAnswers(load, PER_SECOND / 8);

      proxy.hold("main", "s1", Hold.PAUSED);
      Await.until("nothing is open", () -> sum("s1", ServerCounter.SERVER_CONNECTIONS) == 0);
      assertThat(state("s1")).isEqualTo(State.PAUSED);
      SERVERS.kill(1);
      Await.until("requests wait", () -> inFlight("s1") > 0);
      SERVERS.reset();
      proxy.hold("main", "s1", Hold.NONE);
      Await.until("nobody waits", () -> inFlight("s1") < 100);
      awaitAnswers(load, PER_SECOND / 4);

      assertThat(load.wrong()).isEmpty();
    }
    assertThat(count(Counter.EJECTIONS)).isZero();
    assertThat(count(Counter.CONNECT_FAILURES)).isZero();
  }

  @Test
  void requestsOfAPausedServerWaitInTheirOrderWithLargeValuesToo() throws Exception {
    start(Mode.SHARDED, PATIENT);
    String large = "v".repeat(300_000);
    try (RawClient client = RawClient.connect(port()).withDeadline(PATIENT)) {
      client.send("set k 0 0 1\r\na\r\n").expect("STORED\r\n");
      for (int i = 0; i < 3; i++) {
        proxy.hold("main", "s" + i, Hold.PAUSED);
      }
      client.send("set k 0 0 1\r\nb\r\nget k\r\nincr k 1\r\nset l 0 0 300000\r\n" + large + "\r\n");
      Await.until("all wait", () -> inFlight("s0") + inFlight("s1") + inFlight("s2") >= 3);
      client.expectSilence(Duration.ofMillis(200));

      for (int i = 0; i < 3; i++) {
        proxy.hold("main", "s" + i, Hold.NONE);
      }

      client
          .expect("STORED\r\nVALUE k 0 1\r\nb\r\nEND\r\n")
          .expect("CLIENT_ERROR cannot increment or decrement non-numeric value\r\n")
          .expect("STORED\r\n");
      client.send("get l\r\n").expect("VALUE l 0 300000\r\n" + large + "\r\nEND\r\n");
    }
  }

  @Test
  void requestsWaitForAPausedServerNoLongerThanTheirTimeAndAreNotSentLater() throws Exception {
    start(Mode.SHARDED, SHORT);
    try (RawClient client = RawClient.connect(port()).withDeadline(PATIENT)) {
      client.send("set k 0 0 3\r\nold\r\n").expect("STORED\r\n");
      for (int i = 0; i < 3; i++) {
        proxy.hold("main", "s" + i, Hold.PAUSED);
      }
      long begin = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        client.send("set k 0 0 3\r\nnew\r\n").expect("SERVER_ERROR server timed out\r\n");
        client.send("get k\r\n").expect("SERVER_ERROR server timed out\r\n");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(SHORT.multipliedBy(8));
      assertThat(state("s0")).isEqualTo(State.PAUSED);

      for (int i = 0; i < 3; i++) {
        proxy.hold("main", "s" + i, Hold.NONE);
      }

      client.send("get k\r\n").expect("VALUE k 0 3\r\nold\r\nEND\r\n");
    }
    assertThat(count(Counter.EJECTIONS)).isZero();
    assertThat(proxy.servers()).extracting(ServerStatus::state).containsOnly(State.UP);
  }

  @ParameterizedTest
  @EnumSource(
      value = Hold.class,
      names = {"DRAINED", "PAUSED"})
  void whatAnOperatorWantsOutlivesReloadsAlsoThoseThatMakeTheServerAnew(Hold hold)
      throws Exception {
    start(Mode.SHARDED, SHORT);
    EjectSettings eject = EjectSettings.DEFAULT;
    proxy.hold("main", "s1", hold);

    for (Duration timeout : List.of(SHORT, Duration.ofMillis(350))) {
      proxy.update(settings(Mode.SHARDED, timeout, eject));
      assertThat(of("s1"))
          .extracting(ServerStatus::state)
          .containsOnly(hold == Hold.PAUSED ? State.PAUSED : State.DRAINED);
    }
    assertThat(sum("s1", ServerCounter.SERVER_CONNECTIONS)).isZero();
    proxy.hold("main", "s1", Hold.NONE);
    Await.until("it is back", () -> !state("s1").isOut() && state("s1") != State.PAUSED);
    Await.until("it is connected", () -> sum("s1", ServerCounter.SERVER_CONNECTIONS) > 0);
  }

  @Test
  void tellsWhoIsConnectedAndWhatTheyWaitFor() throws Exception {
    start(Mode.SHARDED, PATIENT);
    try (RawClient client = RawClient.connect(port()).withDeadline(PATIENT);
        RawClient silent = RawClient.connect(port())) {
      client.send("set k 0 0 1\r\na\r\nget k\r\n").readThrough("END\r\n");
      Await.until("both are there", () -> proxy.clients(10).size() == 2);
      for (int i = 0; i < 3; i++) {
        proxy.hold("main", "s" + i, Hold.PAUSED);
      }
      client.send("get k\r\nget k\r\n");
      Await.until(
          "requests wait", () -> proxy.clients(10).stream().anyMatch(c -> c.inFlight() == 2));

      assertThat(proxy.clients(10))
          .allSatisfy(
              seen -> {
                assertThat(seen.address()).startsWith("127.0.0.1:");
                assertThat(seen.tls()).isFalse();
                assertThat(seen.identity()).isNull();
                assertThat(seen.age()).isGreaterThanOrEqualTo(seen.idle());
              })
          .extracting(ClientStatus::lines)
          .containsExactlyInAnyOrder(0L, 4L);
      assertThat(proxy.clients(0)).isEmpty();
      for (int i = 0; i < 3; i++) {
        proxy.hold("main", "s" + i, Hold.NONE);
      }
      client.readThrough("END\r\n");
      silent.send("mn\r\n").expect("MN\r\n");
    }
  }

  @Test
  void withoutAnyServerRequestsFailUntilOneIsResumed() throws Exception {
    start(Mode.SHARDED, SHORT);
    try (RawClient client = RawClient.connect(port()).withDeadline(PATIENT)) {
      for (int i = 0; i < 3; i++) {
        proxy.hold("main", "s" + i, Hold.DRAINED);
      }
      Await.until("all are", () -> proxy.servers().stream().allMatch(s -> s.state().isOut()));
      client.send("get k\r\n").expect("SERVER_ERROR server is ejected\r\n");

      proxy.hold("main", "s2", Hold.NONE);
      Await.until("one is back", () -> !state("s2").isOut());

      client.send("get k\r\n").expect("END\r\n");
    }
  }

  @Test
  void readsOfAPoolWithCopiesGoToTheOthers() throws Exception {
    start(Mode.REPLICATED, PATIENT);
    fill();
    try (OpenLoad load = OpenLoad.start(port(), KEYS, PER_SECOND / 2)) {
      awaitAnswers(load, PER_SECOND / 8);
      proxy.hold("main", "s0", Hold.DRAINED);
      Await.until("nothing is in flight", () -> inFlight("s0") == 0);
      SERVERS.kill(0);
      awaitAnswers(load, PER_SECOND / 4);

      assertThat(load.wrong()).isEmpty();
      assertThat(load.missed()).isEmpty();
    }
  }

  @Test
  void keysOfADrainedServerFailWhereThePoolMovesNone() throws Exception {
    proxy =
        Proxy.start(settings(Mode.SHARDED, PATIENT, EjectSettings.with(WhileEjected.MISS).build()));
    fill();
    proxy.hold("main", "s1", Hold.DRAINED);
    Await.until("it is drained", () -> state("s1") == State.DRAINED);
    int misses = 0;
    try (RawClient client = RawClient.connect(port()).withDeadline(PATIENT)) {
      for (int i = 0; i < KEYS; i++) {
        String reply = client.send("get " + OpenLoad.key(i) + "\r\n").readThrough("END\r\n");
        misses += reply.equals("END\r\n") ? 1 : 0;
      }
    }
    assertThat(misses).isBetween(KEYS / 10, KEYS * 6 / 10);
  }
}
