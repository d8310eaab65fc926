package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps one client from costing more than its share. */
@ExtendWith(NoLeaks.class)
class HeldBackClientTest {
  private static final int GETS = 2500;
  private static final long NEARLY_FULL = (1L << 20) / 100 * 90;
  private static final String LONG_KEY = "k".repeat(240);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop);
  private final ClientConnection client = clients.accept();
  private final FakeSocket socket = loop.open(client);

  @Test
  void aClientThatDoesNotReadIsNotReadFromUntilItDoes() {
    socket.takesOnly(0);

    socket.receive(("get " + LONG_KEY + "\r\n").repeat(GETS));

    assertThat(socket.isReading()).isFalse();
    assertThat(clients.route.asked()).hasSizeLessThan(GETS);
    assertThat(loop.proxy().stats().get(Counter.BUFFERED_BYTES)).isLessThan(4 << 20);

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(socket.isReading()).isTrue();
    assertThat(socket.sent())
        .isEqualTo((FakeRoute.value(LONG_KEY, Verb.GET) + "END\r\n").repeat(GETS));
  }

  /** Others have filled the loop's memory with replies that they do not read. */
  @ParameterizedTest
  @ValueSource(
      strings = {"get a\r\n", "get a b c\r\n", "gets a b\r\n", "delete k\r\n", "mg a v\r\n"})
  void aClientWithOneRequestAtATimeIsServedWhateverOthersLeaveUnread(String request) {
    clients.route.waitToAnswer();
    loop.proxy().load().account(NEARLY_FULL);
    for (int i = 0; i < 3; i++) {
      socket.receive(request);
      clients.answerEverything();
      loop.turn();

      assertThat(socket.sent()).endsWith("\r\n");
      assertThat(socket.isReading()).isTrue();
    }
    loop.proxy().load().account(-NEARLY_FULL);
  }

  @Test
  void aClientThatWaitsForRepliesMustWaitForOthersToRead() {
    clients.route.waitToAnswer();
    loop.proxy().load().account(NEARLY_FULL);

    socket.receive("get a\r\nget b\r\nget c\r\n");
    loop.turn();
    assertThat(clients.route.asked()).containsExactly("get a");

    loop.proxy().load().account(-NEARLY_FULL);
    loop.turn();
    assertThat(clients.route.asked()).containsExactly("get b", "get c");
  }

  @Test
  void aMultiGetIsAskedInPartsAndAnsweredAsOne() {
    String keys = IntStream.range(0, 1100).mapToObj(i -> " k" + i).collect(Collectors.joining());
    clients.route.waitToAnswer();

    socket.receive("get" + keys + "\r\nmn\r\n");
    assertThat(clients.route.waiting()).isEqualTo(1000);
    assertThat(clients.route.endsOfGets()).as("no key of others joins").isEqualTo(1);
    clients.answerEverything();

    assertThat(socket.sent())
        .isEqualTo(
            IntStream.range(0, 1100)
                    .mapToObj(i -> FakeRoute.value("k" + i, Verb.GET))
                    .collect(Collectors.joining())
                + "END\r\nMN\r\n");
  }

  @Test
  void whatFollowsWaitsForItsTurn() {
    clients.route.waitToAnswer();

    socket.receive("get" + " key".repeat(100) + "\r\n" + "delete k\r\n".repeat(3) + "quit\r\n");
    clients.answerEverything();

    assertThat(socket.sent()).endsWith("END\r\n" + "NOT_FOUND\r\n".repeat(3));
    assertThat(socket.isOpen()).isFalse();
  }

  /** Two bytes of a client must not cost a buffer each while something before them is slow. */
  @Test
  void whatTheProxySaysByItselfWaitsWithoutABuffer() {
    clients.route.waitToAnswer();

    socket.receive("get a\r\n" + "\r\n".repeat(900));

    assertThat(client.replies().size()).isEqualTo(901);
    assertThat(loop.proxy().stats().get(Counter.BUFFERED_BYTES)).isLessThan(16 << 10);

    clients.answerEverything();
    assertThat(socket.sent())
        .isEqualTo(FakeRoute.value("a", Verb.GET) + "END\r\n" + "ERROR\r\n".repeat(900));
    assertThat(loop.proxy().stats().get(Counter.BUFFERED_BYTES)).isZero();
  }

  @Test
  void aClientThatReadsNothingForAWhileIsClosed() {
    leaveUnread();

    loop.advance(TIMEOUT.minusSeconds(1));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(TIMEOUT.dividedBy(2));

    assertThat(socket.isOpen()).isFalse();
    assertThat(loop.proxy().stats().get(Counter.CLIENTS_TOO_SLOW)).isOne();
  }

  @Test
  void aClientThatReadsSlowlyIsServed() {
    leaveUnread();
    for (int i = 1; i < 10; i++) {
      socket.takesMore(1);
      loop.advance(TIMEOUT.minusSeconds(10));
      assertThat(socket.isOpen()).isTrue();
    }

    socket.takesMore(Integer.MAX_VALUE);
    loop.advance(TIMEOUT.multipliedBy(3));

    assertThat(socket.isOpen()).isTrue();
    assertThat(loop.proxy().stats().get(Counter.CLIENTS_TOO_SLOW)).isZero();
  }

  /** Gives the client a reply that it does not read. */
  private void leaveUnread() {
    socket.takesOnly(0);
    socket.receive("get " + LONG_KEY + "\r\n");
    assertThat(client.unsentBytes()).isPositive();
  }

  @Test
  void drainingAnswersWhatWasAskedAndReadsNoMore() {
    clients.route.waitToAnswer();
    socket.receive("get a\r\n");

    clients.clients.drain(Duration.ZERO);
    socket.receive("get b\r\n");
    assertThat(socket.isOpen()).isTrue();
    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo(FakeRoute.value("a", Verb.GET) + "END\r\n");
    assertThat(socket.isOpen()).isFalse();
    assertThat(clients.clients.count()).isZero();
  }

  @Test
  void anIdleClientIsDrainedAtOnce() {
    clients.clients.drain(Duration.ZERO);
    loop.turn();

    assertThat(socket.isOpen()).isFalse();
  }
}
