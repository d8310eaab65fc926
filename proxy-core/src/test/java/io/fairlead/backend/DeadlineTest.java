package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.ProxyLoop;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LatencySnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class DeadlineTest {
  private static final Duration TOO_LONG = FakeServer.TIMEOUT.plusSeconds(1);

  private static final Duration MOMENT = Duration.ofMillis(1);

  /** After requests that are older than the last input have timed out, and before others do. */
  private static final Duration ALMOST = FakeServer.TIMEOUT.minus(MOMENT.dividedBy(2));

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop);
  private final Outcomes outcomes = new Outcomes(true);
  private final FakeSocket socket = connect();

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  @Test
  void everyoneIsToldWhenTheTimeIsOver() {
    server.get(outcomes, 0, "a", "b", "a");
    server.send(outcomes, 3, "delete k\r\n");
    loop.turn();

    server.timePasses(FakeServer.TIMEOUT.minus(MOMENT));
    assertThat(outcomes.told()).isEmpty();

    server.timePasses(MOMENT);
    assertThat(outcomes.told())
        .containsExactlyInAnyOrder("0 TIMEOUT", "2 TIMEOUT", "1 TIMEOUT", "3 TIMEOUT");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void aTimeOutCountsAsTheTimeThatWasWaitedAndALateReplyNotAgain() {
    server.get(outcomes, 0, "a", "b");
    loop.turn();

    server.timePasses(FakeServer.TIMEOUT);
    assertThat(server.server().stats().times().snapshot().count()).isEqualTo(2);
    socket.receive("END\r\n");

    LatencySnapshot times = server.server().stats().times().snapshot();
    assertThat(times.count()).isEqualTo(2);
    assertThat(times.sumNanos()).isEqualTo(2 * FakeServer.TIMEOUT.toNanos());
  }

  /** What the servers have answered meanwhile is in the sockets, and is read first. */
  @Test
  void nobodyWasTooSlowWhileTheProcessStoodStill() {
    server.get(outcomes, 0, "a");
    loop.turn();
    loop.standStill(TOO_LONG);
    assertThat(outcomes.told()).isEmpty();
    socket.receive("VALUE a 0 1\r\nx\r\nEND\r\n");
    assertThat(outcomes.told()).containsExactly("0 VALUE a 0 1/x/");

    server.get(outcomes, 1, "a");
    loop.turn();
    loop.standStill(TOO_LONG);
    loop.standStill(MOMENT.multipliedBy(2));
    assertThat(outcomes.told()).containsExactly("1 TIMEOUT");
  }

  @Test
  void aLateReplyReachesNobodyElse() {
    server.get(outcomes, 0, "a", "b");
    server.send(outcomes, 2, "incr n 1\r\n");
    loop.turn();
    server.timePasses(TOO_LONG);
    outcomes.told();
    server.get(outcomes, 3, "a");
    server.send(outcomes, 4, "incr n 1\r\n");
    loop.turn();

    socket.receive("VALUE a 0 3\r\nold\r\nEND\r\n1\r\n");
    assertThat(outcomes.told()).isEmpty();
    socket.receive("VALUE a 0 3\r\nnew\r\nEND\r\n2\r\n");

    assertThat(outcomes.told()).containsExactly("3 VALUE a 0 3/new/", "4 2/");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void aLateErrorIsNotAskedAgain() {
    server.get(outcomes, 0, "a", "b");
    loop.turn();
    server.timePasses(TOO_LONG);
    outcomes.told();
    socket.sent();

    socket.receive("SERVER_ERROR x\r\n");

    assertThat(socket.sent()).isEmpty();
    assertThat(outcomes.told()).isEmpty();
  }

  @Test
  void keysThatHaveTheirValueDoNotTimeOut() {
    server.get(outcomes, 0, "a", "b", "c");
    loop.turn();
    socket.receive("VALUE b 0 1\r\nx\r\n");
    assertThat(outcomes.told()).containsExactly("0 miss", "1 VALUE b 0 1/x/");

    server.timePasses(TOO_LONG);
    assertThat(outcomes.told()).containsExactly("2 TIMEOUT");

    socket.receive("VALUE c 0 1\r\nx\r\nEND\r\n");
    assertThat(outcomes.told()).isEmpty();
    assertThat(server.server().status().inFlight()).isZero();
  }

  @Test
  void aServerThatNoLongerAnswersIsGivenUp() {
    server.get(outcomes, 0, "a");
    loop.turn();
    server.timePasses(TOO_LONG);
    assertThat(outcomes.told()).containsExactly("0 TIMEOUT");
    server.send(outcomes, 1, "delete k\r\n");
    loop.turn();

    server.timePasses(TOO_LONG.multipliedBy(2));

    assertThat(outcomes.told()).containsExactly("1 TIMEOUT");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aValueThatKeepsArrivingIsWaitedFor() {
    server.get(outcomes, 0, "a");
    loop.turn();
    server.timePasses(MOMENT);
    socket.receive("VALUE a 0 20000\r\n" + "v".repeat(10_000));

    server.timePasses(ALMOST);
    assertThat(outcomes.told()).isEmpty();

    socket.receive("v".repeat(10_000) + "\r\nEND\r\n");
    assertThat(outcomes.told()).hasSize(1);
  }

  @Test
  void whatWaitsBehindSuchAValueTimesOut() {
    server.get(outcomes, 0, "a");
    server.send(outcomes, 1, "delete k\r\n");
    loop.turn();
    server.timePasses(MOMENT);
    server.send(outcomes, 2, "delete l\r\n");
    loop.turn();
    socket.receive("VALUE a 0 20000\r\n" + "v".repeat(10_000));

    server.timePasses(ALMOST);
    assertThat(outcomes.told()).containsExactly("1 TIMEOUT");

    server.timePasses(TOO_LONG);
    assertThat(outcomes.told()).containsExactly("0 TIMEOUT", "2 TIMEOUT");
  }

  @Test
  void aValueThatStopsArrivingIsNot() {
    server.get(outcomes, 0, "a");
    loop.turn();
    socket.receive("VALUE a 0 20000\r\n" + "v".repeat(10_000));

    server.timePasses(TOO_LONG);

    assertThat(outcomes.told()).containsExactly("0 TIMEOUT");
  }

  @Test
  void manyTimeOutsAtOnceAreOneFailureOfTheServer() {
    server.get(outcomes, 0, "a", "b", "c", "d");
    loop.turn();

    server.timePasses(TOO_LONG);

    assertThat(server.server().status().failuresInARow()).isEqualTo(1);
    assertThat(server.count(Counter.TIMEOUTS)).isEqualTo(4);
  }

  @Test
  void theTimerIsSetForTheFirstDeadlineOfAll() {
    server.get(outcomes, 0, "a");
    loop.turn();
    server.timePasses(ALMOST);
    socket.receive("END\r\n");
    assertThat(outcomes.told()).containsExactly("0 miss");
    server.get(outcomes, 1, "b");
    loop.turn();

    server.timePasses(ALMOST);
    assertThat(outcomes.told()).isEmpty();

    server.timePasses(Duration.ofNanos(ProxyLoop.TICK_NANOS));
    assertThat(outcomes.told()).containsExactly("1 TIMEOUT");
  }

  @Test
  void anOverdueRequestDoesNotKeepOthersFromTheirDeadlines() {
    server.get(outcomes, 0, "a");
    loop.turn();
    server.timePasses(Duration.ofMillis(100));
    server.send(outcomes, 1, "delete k\r\n");
    loop.turn();

    server.timePasses(FakeServer.TIMEOUT.minusMillis(50));
    assertThat(outcomes.told()).containsExactly("0 TIMEOUT");

    server.timePasses(Duration.ofMillis(50));
    assertThat(outcomes.told()).containsExactly("1 TIMEOUT");
  }
}
