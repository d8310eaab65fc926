package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.ClientLimits;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a command that has begun to arrive may take. */
@ExtendWith(NoLeaks.class)
class CommandTimeoutTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LATE = TIMEOUT.dividedBy(64);
  private static final Duration MOMENT = Duration.ofMillis(10);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = clients(TIMEOUT);
  private final FakeSocket socket = clients.connect();

  private FakeClients clients(Duration timeout) {
    return new FakeClients(
        loop, ClientLimits.with().valueBytes(4096).commandTimeout(timeout).build());
  }

  private long hits() {
    return loop.proxy().stats().get(Counter.LIMIT_COMMAND_TIMEOUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g",
        "get a",
        "get a\r",
        "set k 0 0 5",
        "set k 0 0 5\r\nval",
        "set k 0 0 5\r\nvalue",
        "set k 0 0 5000\r\nval",
        "mn\r\nget a"
      })
  void aClientWithHalfACommandIsClosedWhenTheTimeIsOverAndNotBefore(String half) {
    socket.receive(half);

    loop.advance(TIMEOUT.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(MOMENT);

    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.sent()).isEqualTo(half.startsWith("mn") ? "MN\r\n" : "");
    assertThat(hits()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"set k 0 0 50\r\n", "set k 0 0 5000\r\n", "get k", "set k"})
  void bytesThatTrickleInDoNotMakeTheTimeLonger(String begin) {
    socket.receive(begin);
    for (int i = 0; i < 9; i++) {
      loop.advance(Duration.ofSeconds(1));
      socket.receive("v");
    }
    assertThat(socket.isOpen()).isTrue();

    loop.advance(Duration.ofSeconds(1));

    assertThat(socket.isOpen()).isFalse();
    assertThat(hits()).isOne();
  }

  @Test
  void aCommandThatIsCompleteInTimeIsServed() {
    socket.receive("set k 0 0 5\r\nval");
    loop.advance(TIMEOUT.minus(MOMENT));
    socket.receive("ue\r\n");
    loop.advance(TIMEOUT.multipliedBy(3));

    assertThat(socket.sent()).isEqualTo("STORED\r\n");
    assertThat(socket.isOpen()).isTrue();
    assertThat(hits()).isZero();
  }

  @Test
  void theTimeOfEachCommandIsItsOwn() {
    socket.receive("get a");
    for (int i = 0; i < 10; i++) {
      loop.advance(TIMEOUT.minus(MOMENT));
      socket.receive("\r\nget a");
    }

    assertThat(socket.sent()).isEqualTo((FakeRoute.value("a", Verb.GET) + "END\r\n").repeat(10));
    loop.advance(TIMEOUT.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(MOMENT.plus(LATE));
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void theTimeOfARefusedValueIsItsOwn() {
    String refused = "v".repeat(5000) + "\r\n";
    socket.receive("set k 0 0 5000\r\nv");
    for (int i = 0; i < 3; i++) {
      loop.advance(TIMEOUT.minus(MOMENT));
      socket.receive(refused.substring(1) + "set k 0 0 5000\r\nv");
    }

    loop.advance(TIMEOUT.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(MOMENT.plus(LATE));
    assertThat(socket.isOpen()).isFalse();
    assertThat(hits()).isOne();
  }

  @Test
  void whatWasAskedBeforeIsAnswered() {
    clients.route.waitToAnswer();
    socket.receive("get a\r\nget b");
    loop.advance(TIMEOUT.plus(LATE));
    assertThat(hits()).isOne();

    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo(FakeRoute.value("a", Verb.GET) + "END\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aClientThatIsHeldBackHasAllItsTimeAfterwards() {
    FakeClients one =
        new FakeClients(
            loop, ClientLimits.with().clientRequests(1).commandTimeout(TIMEOUT).build());
    one.route.waitToAnswer();
    FakeSocket client = one.connect();
    client.receive("get a\r\nget b\r\nset k 0 0 5\r\nval");
    loop.advance(TIMEOUT.multipliedBy(3));
    assertThat(client.isOpen()).isTrue();

    one.answerEverything();
    loop.advance(TIMEOUT.minus(MOMENT));
    client.receive("ue\r\n");
    one.answerEverything();

    assertThat(client.sent()).endsWith("END\r\nSTORED\r\n");
    assertThat(hits()).isZero();
  }

  @Test
  void aClientThatIsHeldBackInTheMiddleHasAllItsTimeAfterwards() {
    ClientConnection client = clients.accept();
    FakeSocket held = loop.open(client);
    clients.route.waitToAnswer();
    held.receive("get a\r\nget b");
    client.holdback().untilQuiet();
    loop.advance(TIMEOUT.multipliedBy(3).minusSeconds(1));
    assertThat(held.isOpen()).isTrue();

    clients.answerEverything();
    loop.advance(TIMEOUT.minus(MOMENT));
    held.receive("\r\n");
    clients.answerEverything();

    assertThat(held.sent())
        .isEqualTo(
            FakeRoute.value("a", Verb.GET)
                + "END\r\n"
                + FakeRoute.value("b", Verb.GET)
                + "END\r\n");
    assertThat(hits()).isZero();
  }

  @Test
  void aClientThatIsQuietBetweenCommandsStays() {
    socket.receive("get a\r\n");

    loop.advance(TIMEOUT.multipliedBy(5));

    assertThat(socket.isOpen()).isTrue();
    assertThat(hits()).isZero();
  }

  @Test
  void anyTimeIsFineWhereThereIsNoLimit() {
    FakeSocket client = clients(Duration.ZERO).connect();
    client.receive("get a");
    loop.advance(TIMEOUT.multipliedBy(5));

    client.receive("\r\n");

    assertThat(client.sent()).isEqualTo(FakeRoute.value("a", Verb.GET) + "END\r\n");
    assertThat(hits()).isZero();
  }
}
