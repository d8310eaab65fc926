package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.LoadSettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class GateTest {
  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final Duration MOMENT = Duration.ofMillis(10);
  private static final String BUSY = "SERVER_ERROR 307 busy\r\n";

  @RegisterExtension final TestLoop loop = new TestLoop();

  private FakeClients clients(int requests, int waiting, Duration timeout) {
    FakeClients clients = new FakeClients(loop, new LoadSettings(requests, waiting, timeout, 0));
    clients.route.waitToAnswer();
    return clients;
  }

  private void answer(FakeClients clients) {
    clients.route.answer(0);
    loop.turn();
  }

  private long waiting() {
    return loop.proxy().stats().get(Counter.CLIENTS_WAITING);
  }

  @Test
  void noMoreAreUnderWayThanMayBeAndTheOthersFollow() {
    FakeClients clients = clients(2, 0, Duration.ZERO);
    List<FakeSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sockets.add(clients.connect());
      sockets.get(i).receive("incr n" + i + " 1\r\n");
    }
    assertThat(clients.route.asked()).containsExactly("incr n0 1\r\n", "incr n1 1\r\n");
    assertThat(waiting()).isEqualTo(3);
    assertThat(sockets.get(4).isReading()).isFalse();

    answer(clients);
    assertThat(clients.route.asked()).containsExactly("incr n2 1\r\n");
    answer(clients);
    answer(clients);
    assertThat(clients.route.asked()).containsExactly("incr n3 1\r\n", "incr n4 1\r\n");
    clients.answerEverything();

    assertThat(sockets).allSatisfy(socket -> assertThat(socket.sent()).isEqualTo("42\r\n"));
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.isReading()).isTrue());
    assertThat(waiting()).isZero();
  }

  @Test
  void aClientWithManyRequestsStandsInLineOnceAndEveryoneHasATurn() {
    FakeClients clients = clients(1, 0, Duration.ZERO);
    FakeSocket many = clients.connect();
    many.receive("get a\r\nget b\r\nget c\r\n");
    FakeSocket one = clients.connect();
    one.receive("get x\r\n");
    assertThat(waiting()).isEqualTo(2);

    clients.answerEverything();

    assertThat(clients.route.asked()).containsExactly("get a", "get b", "get x", "get c");
    assertThat(many.sent()).isEqualTo(hit("a") + hit("b") + hit("c"));
    assertThat(one.sent()).isEqualTo(hit("x"));
  }

  private static String hit(String key) {
    return "VALUE " + key + " 0 3\r\n<" + key + ">\r\nEND\r\n";
  }

  @Test
  void theKeysOfAMultiGetCountOneByOne() {
    FakeClients clients = clients(2, 0, Duration.ZERO);
    FakeSocket socket = clients.connect();

    socket.receive("get a b c d e\r\nmn\r\n");
    assertThat(clients.route.asked()).containsExactly("get a", "get b");
    clients.answerEverything();

    assertThat(clients.route.asked()).containsExactly("get c", "get d", "get e");
    assertThat(socket.sent()).endsWith("VALUE e 0 3\r\n<e>\r\nEND\r\nMN\r\n");
  }

  @Test
  void whoCannotStandInLineIsRefusedAndStaysInStep() {
    FakeClients clients = clients(1, 1, Duration.ZERO);
    clients.connect().receive("get a\r\n");
    FakeSocket second = clients.connect();
    second.receive("get b\r\n");
    FakeSocket third = clients.connect();

    third.receive(
        "get c\r\nset k 0 0 3\r\nget\r\nset k 0 0 1 noreply\r\nv\r\nincr n 1\r\nget d e\r\nmn\r\n");

    assertThat(third.sent()).isEqualTo(BUSY + BUSY + BUSY + BUSY + "MN\r\n");
    assertThat(clients.route.asked()).containsExactly("get a");
    clients.answerEverything();
    assertThat(second.sent()).isEqualTo(hit("b"));
    third.receive("get f\r\n");
    clients.answerEverything();
    assertThat(third.sent()).isEqualTo(hit("f"));
  }

  @Test
  void whoWaitsTooLongIsRefusedEvenIfNothingEnds() {
    FakeClients clients = clients(1, 9, LIMIT);
    FakeSocket first = clients.connect();
    first.receive("get a\r\n");
    FakeSocket second = clients.connect();
    second.receive("delete b\r\n");

    loop.advance(LIMIT.minus(MOMENT));
    assertThat(second.sent()).isEmpty();
    loop.advance(MOMENT.multipliedBy(2));
    loop.turn();

    assertThat(second.sent()).isEqualTo(BUSY);
    clients.answerEverything();
    assertThat(clients.route.asked()).containsExactly("get a");
    assertThat(first.sent()).isEqualTo(hit("a"));
  }

  @Test
  void whoIsGoneLeavesItsPlaceToOthers() {
    FakeClients clients = clients(1, 0, Duration.ZERO);
    FakeSocket first = clients.connect();
    first.receive("get a\r\n");
    FakeSocket second = clients.connect();
    second.receive("get b\r\n");
    FakeSocket third = clients.connect();
    third.receive("get c\r\n");

    second.disconnectByPeer();
    first.disconnectByPeer();
    loop.turn();
    clients.answerEverything();

    assertThat(clients.route.asked()).containsExactly("get a", "get c");
    assertThat(third.sent()).isEqualTo(hit("c"));
    assertThat(waiting()).isZero();
  }

  @Test
  void whoDoesNotReadKeepsNobodyFromHisTurn() {
    FakeClients clients = clients(1, 0, Duration.ZERO);
    FakeSocket first = clients.connect();
    FakeSocket stuck = clients.connect();
    stuck.takesOnly(0);
    first.receive("get a\r\n");
    stuck.receive(("get " + "k".repeat(240) + "\r\n").repeat(3000));
    FakeSocket third = clients.connect();
    third.receive("get c\r\n");

    for (int i = 0; i < 4000 && clients.route.waiting() > 0; i++) {
      answer(clients);
      loop.advance(MOMENT);
    }

    assertThat(third.sent()).isEqualTo(hit("c"));
    assertThat(first.sent()).isEqualTo(hit("a"));
  }

  @Test
  void whatTheProxyAnswersByItselfPasses() {
    FakeClients clients = clients(1, 0, Duration.ZERO);
    clients.connect().receive("get a\r\n");
    FakeSocket second = clients.connect();

    second.receive("version\r\nmn\r\n");

    assertThat(second.sent()).isEqualTo("VERSION 1.6.18\r\nMN\r\n");
    clients.answerEverything();
  }
}
