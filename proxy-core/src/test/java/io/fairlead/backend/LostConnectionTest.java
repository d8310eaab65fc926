package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class LostConnectionTest {
  private static final Duration RETRY = Duration.ofSeconds(2);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server =
      new FakeServer(loop, EjectSettings.with(WhileEjected.REHASH).every(RETRY).build());
  private final Outcomes one = new Outcomes(true);
  private final Outcomes other = new Outcomes(true);

  @Test
  void requestsWaitForTheConnectionToOpen() {
    server.get(one, 0, "a");
    server.send(other, 0, "delete k\r\n");
    loop.turn();

    FakeSocket socket = server.accept();

    assertThat(socket.sent()).isEqualTo("get a\r\ndelete k\r\n");
    socket.receive("END\r\nDELETED\r\n");
    assertThat(one.told()).containsExactly("0 miss");
    assertThat(other.told()).containsExactly("0 DELETED/");
  }

  @Test
  void getsAreAskedOnceMoreAndWritesAreNot() {
    server.get(one, 0, "a", "b");
    server.send(other, 0, "incr n 1\r\n");
    server.send(other, 1, "mg k v\r\n");
    loop.turn();

    server.accept().disconnectByPeer();

    assertThat(other.told()).containsExactly("0 LOST", "1 LOST");
    FakeSocket second = server.accept();
    assertThat(second.sent()).isEqualTo("get a b\r\n");
    second.receive("VALUE b 0 1\r\nx\r\nEND\r\n");
    assertThat(one.told()).containsExactly("0 miss", "1 VALUE b 0 1/x/");
  }

  @Test
  void nothingIsAskedAThirdTime() {
    server.get(one, 0, "a", "a");
    loop.turn();
    server.accept().disconnectByPeer();
    assertThat(one.told()).isEmpty();

    server.accept().disconnectByPeer();

    assertThat(one.told()).containsExactly("0 LOST", "1 LOST");
    assertThat(server.count(Counter.RETRIES)).isEqualTo(1);
  }

  @Test
  void onlySoManyAreAskedAgainAndTheOthersFail() {
    int requests = 40;
    for (int i = 0; i < requests; i++) {
      server.get(one, i, "k" + i);
      server.server().endBatch(0);
    }
    loop.turn();

    server.accept().disconnectByPeer();

    int again = requests / RetryBudget.PART;
    assertThat(one.told()).hasSize(requests - again).allMatch(outcome -> outcome.endsWith(" LOST"));
    assertThat(server.count(Counter.RETRIES)).isEqualTo(again);
    assertThat(server.count(Counter.RETRIES_REFUSED)).isEqualTo(requests - again);
    server.accept().receive("END\r\n");
    assertThat(one.told()).hasSize(again).allMatch(outcome -> outcome.endsWith(" miss"));
  }

  @Test
  void whenTheyHaveBeenAnsweredOthersMayBeAskedAgain() {
    for (int round = 0; round < 10; round++) {
      one.forget();
      for (int i = 0; i < RetryBudget.LEAST; i++) {
        server.get(one, i, "k" + i);
        server.server().endBatch(0);
      }
      loop.turn();
      server.accept().disconnectByPeer();
      assertThat(one.told()).isEmpty();

      FakeSocket second = server.accept();
      second.receive("END\r\n");
      assertThat(one.told()).containsExactly("0 miss", "1 miss", "2 miss");
      second.disconnectByPeer();
      server.server().connect();
    }
    assertThat(server.count(Counter.RETRIES_REFUSED)).isZero();
  }

  @Test
  void aMultigetIsAskedAgainAsAWholeOrNotAtAll() {
    String[] keys = IntStream.range(0, 20).mapToObj(i -> "k" + i).toArray(String[]::new);
    server.get(one, 0, keys);
    server.server().endBatch(0);
    server.get(other, 0, keys);
    loop.turn();

    server.accept().disconnectByPeer();

    assertThat(server.accept().sent()).isEqualTo("get " + String.join(" ", keys) + "\r\n");
    assertThat(one.told()).isEmpty();
    assertThat(other.told()).hasSize(20).allMatch(outcome -> outcome.endsWith(" LOST"));
  }

  @Test
  void whatWasAskedAgainStillTimesOut() {
    server.get(one, 0, "a");
    loop.turn();
    server.accept().disconnectByPeer();
    server.get(one, 1, "b");
    FakeSocket second = server.accept();

    server.timePasses(FakeServer.TIMEOUT.plusSeconds(1));

    assertThat(one.told()).containsExactlyInAnyOrder("0 TIMEOUT", "1 TIMEOUT");
    second.receive("END\r\n");
    assertThat(server.server().status().inFlight()).isZero();
  }

  @Test
  void everyoneWhoSharedAKeyInDifferentBatchesIsTold() {
    server.get(one, 0, "k");
    server.get(other, 0, "k");
    loop.turn();
    FakeSocket first = server.accept();
    server.get(one, 1, "k");
    server.get(other, 1, "k");
    loop.turn();
    assertThat(first.sent()).isEqualTo("get k\r\nget k\r\n");

    first.disconnectByPeer();
    FakeSocket second = server.accept();
    second.receive("VALUE k 0 1\r\nx\r\nEND\r\n".repeat(second.sent().split("get", -1).length - 1));

    assertThat(one.told()).containsExactlyInAnyOrder("0 VALUE k 0 1/x/", "1 VALUE k 0 1/x/");
    assertThat(other.told()).containsExactlyInAnyOrder("0 VALUE k 0 1/x/", "1 VALUE k 0 1/x/");
    assertThat(server.server().status().inFlight()).isZero();
  }

  @Test
  void aValueThatWasBegunIsNotAskedForAgain() {
    server.get(one, 0, "a", "b");
    loop.turn();
    FakeSocket first = server.accept();
    first.receive("VALUE a 0 20000\r\n" + "v".repeat(10_000));

    first.disconnectByPeer();

    assertThat(one.told()).containsExactly("0 LOST");
    FakeSocket second = server.accept();
    assertThat(second.sent()).isEqualTo("get b\r\n");
    second.receive("END\r\n");
    assertThat(one.told()).containsExactly("1 miss");
  }

  @Test
  void whatHadItsValueIsNotAskedForAgain() {
    server.get(one, 0, "a", "b");
    loop.turn();
    FakeSocket first = server.accept();
    first.receive("VALUE b 0 1\r\nx\r\n");

    first.disconnectByPeer();

    assertThat(one.told()).containsExactly("0 miss", "1 VALUE b 0 1/x/");
    assertThat(server.attempts()).isZero();
  }

  @Test
  void whatWaitsForAServerThatCannotBeReachedIsTold() {
    server.get(one, 0, "a");
    server.send(one, 1, "delete k\r\n");
    loop.turn();

    server.refuse();

    assertThat(one.told()).containsExactly("0 CONNECT_FAILED", "1 CONNECT_FAILED");
    assertThat(server.count(Counter.CONNECT_FAILURES)).isEqualTo(1);
    assertThat(server.count(Counter.RETRIES)).isZero();
  }

  @Test
  void aServerThatFailsAgainAndAgainIsEjectedAndProbed() {
    failThreeTimes();
    assertThat(server.server().isUp()).isFalse();
    assertThat(server.healthChanges()).isEqualTo(1);
    server.get(one, 9, "a");
    assertThat(one.told()).endsWith("9 EJECTED");
    assertThat(server.attempts()).isZero();

    loop.advance(RETRY);
    FakeSocket probe = server.accept();
    assertThat(probe.sent()).isEqualTo("version\r\n");
    probe.receive("VERSION 1.");
    assertThat(server.server().isUp()).isFalse();
    probe.receive("6.18\r\n");

    assertThat(server.server().isUp()).isTrue();
    assertThat(server.healthChanges()).isEqualTo(2);
    assertThat(probe.isOpen()).isFalse();
    server.get(one, 10, "a");
    server.accept().receive("END\r\n");
    assertThat(one.told()).endsWith("10 miss");
  }

  @Test
  void aProbeThatIsAnsweredBadlyOrNotAtAllIsRepeated() {
    failThreeTimes();
    for (String answer : new String[] {"ERROR\r\n", "\n", "\r\n", "VERSION", "x".repeat(300)}) {
      loop.advance(RETRY);
      FakeSocket probe = server.accept();
      probe.receive(answer);
      probe.disconnectByPeer();

      assertThat(server.server().isUp()).as(answer).isFalse();
    }
    loop.advance(RETRY);
    server.refuse();
    loop.advance(RETRY);
    server.accept().receive("VERSION 1\r\n");

    assertThat(server.server().isUp()).isTrue();
    assertThat(server.count(Counter.PROBES)).isEqualTo(7);
  }

  /** It may be over in the middle of a turn, whose clock was read before that. */
  @Test
  void theEndOfAPauseIsNotMissedHoweverLongATurnTakes() {
    server.server().connect();
    server.refuse();
    assertThat(server.attempts()).isZero();
    assertThat(loop.proxy().now()).isNotNegative();

    server.timePasses(Duration.ofMillis(20));

    assertThat(server.attempts()).isEqualTo(1);
  }

  @Test
  void anIdleConnectionThatTheServerClosesIsNoFailure() {
    server.server().connect();

    server.accept().disconnectByPeer();

    assertThat(server.server().status().failuresInARow()).isZero();
  }

  @Test
  void requestsThatWaitAreToldWhenTheProxyStops() {
    server.get(one, 0, "a");
    server.send(one, 1, "delete k\r\n");
    loop.turn();

    server.server().close();
    server.get(one, 2, "a");

    assertThat(one.told()).containsExactly("0 STOPPING", "1 STOPPING", "2 STOPPING");
  }

  /** Each failure is a violation, because connections that cannot be opened are paused between. */
  private void failThreeTimes() {
    for (int i = 0; i < 3; i++) {
      server.get(one, i, "a");
      server.accept().receive("WHAT?\r\n");
    }
    assertThat(one.told()).containsExactly("0 INVALID_REPLY", "1 INVALID_REPLY", "2 INVALID_REPLY");
  }
}
