package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.Verb;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients are left when the proxy ends. */
@ExtendWith(NoLeaks.class)
class FarewellTest {
  private static final Duration STEP = Duration.ofMillis(10);

  @RegisterExtension final TestLoop loop = new TestLoop();
  private final FakeClients clients = new FakeClients(loop);

  @Test
  void aFewClientsAreLeftOneAfterTheOther() {
    List<FakeSocket> sockets = IntStream.range(0, 5).mapToObj(i -> clients.connect()).toList();

    clients.clients.drain(Duration.ofSeconds(10));

    for (int left = 4; left >= 0; left--) {
      loop.turn();
      assertThat(sockets.stream().filter(FakeSocket::isOpen)).hasSize(left);
      loop.advance(STEP);
    }
  }

  @Test
  void manyClientsAreLeftWithinTheTimeForIt() {
    IntStream.range(0, 1000).forEach(i -> clients.connect());

    clients.clients.drain(Duration.ofMillis(100));
    loop.turn();
    assertThat(clients.clients.count()).isEqualTo(900);
    IntStream.range(0, 9).forEach(i -> loop.advance(STEP));
    loop.turn();

    assertThat(clients.clients.count()).isZero();
  }

  @Test
  void clientsAreServedUntilTheirTurn() {
    List<FakeSocket> sockets = IntStream.range(0, 2).mapToObj(i -> clients.connect()).toList();
    clients.clients.drain(Duration.ofSeconds(10));
    loop.turn();
    FakeSocket waiting = sockets.stream().filter(FakeSocket::isOpen).findFirst().orElseThrow();

    waiting.receive("get a\r\n");
    clients.answerEverything();
    assertThat(waiting.sent()).isEqualTo(FakeRoute.value("a", Verb.GET) + "END\r\n");
    loop.advance(STEP);
    loop.turn();

    assertThat(waiting.isOpen()).isFalse();
  }

  @Test
  void aClientThatWasOnItsWayIsLeftAsWell() {
    clients.clients.drain(Duration.ZERO);
    FakeSocket late = clients.connect();
    late.receive("get a\r\n");
    clients.answerEverything();
    assertThat(late.sent()).isEqualTo(FakeRoute.value("a", Verb.GET) + "END\r\n");

    loop.advance(STEP);
    loop.turn();

    assertThat(late.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15, 16, 17, 18, 22, 23})
  void theRequestThatHasBegunToArriveIsTakenAndNoneAfterIt(int arrived) {
    String request = "set key 0 0 5\r\nvalue\r\n";
    FakeSocket socket = clients.connect();
    socket.receive(request.substring(0, Math.min(arrived, request.length() - 1)));

    clients.clients.drain(Duration.ZERO);
    loop.turn();
    assertThat(socket.isOpen()).isTrue();
    socket.receive(request.substring(Math.min(arrived, request.length() - 1)) + "get b\r\n");
    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo("STORED\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aValueThatIsRefusedIsSwallowedToItsEnd() {
    FakeSocket socket = clients.connect();
    socket.receive("set key 0 0 5000\r\n" + "v".repeat(1000));

    clients.clients.drain(Duration.ZERO);
    socket.receive("v".repeat(4000) + "\r\nget b\r\n");
    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo("SERVER_ERROR object too large for cache\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aMultiGetThatIsHeldBackIsAnsweredWhole() {
    String keys = " k".repeat(1100);
    FakeSocket socket = clients.connect();
    clients.route.waitToAnswer();
    socket.receive("get" + keys + "\r\nget b\r\n");
    assertThat(clients.route.waiting()).isLessThan(1100);

    clients.clients.drain(Duration.ZERO);
    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo(FakeRoute.value("k", Verb.GET).repeat(1100) + "END\r\n");
    assertThat(socket.isOpen()).isFalse();
  }
}
