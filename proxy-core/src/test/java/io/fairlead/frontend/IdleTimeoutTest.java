package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.ClientLimits;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a client is closed that sends nothing. */
@ExtendWith(NoLeaks.class)
class IdleTimeoutTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(64);

  /** Those who are due within it are closed together. */
  private static final Duration LATE = TIMEOUT.dividedBy(64);

  private static final Duration MOMENT = Duration.ofMillis(10);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop, limits(TIMEOUT));

  private static ClientLimits limits(Duration timeout) {
    return ClientLimits.with().idleTimeout(timeout).build();
  }

  private void follow(Duration timeout) {
    clients.follow(limits(timeout));
  }

  private long hits() {
    return loop.proxy().stats().get(Counter.LIMIT_IDLE_TIMEOUT);
  }

  @Test
  void aClientIsClosedWithoutAWordWhenTheTimeIsOverAndNotBefore() {
    FakeSocket socket = clients.connect();

    loop.advance(TIMEOUT.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(MOMENT);

    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.sent()).isEmpty();
    assertThat(hits()).isOne();
  }

  @Test
  void eachRequestBeginsTheTimeAnew() {
    FakeSocket socket = clients.connect();
    for (int i = 0; i < 4; i++) {
      loop.advance(TIMEOUT.minus(MOMENT));
      socket.receive("mn\r\n");
      assertThat(socket.sent()).isEqualTo("MN\r\n");
    }

    loop.advance(TIMEOUT.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(MOMENT.plus(LATE));

    assertThat(socket.isOpen()).isFalse();
    assertThat(hits()).isOne();
  }

  @Test
  void aClientThatWaitsForItsReplyIsNotIdleAndItsTimeBeginsWithTheReply() {
    clients.route.waitToAnswer();
    FakeSocket socket = clients.connect();
    socket.receive("get a\r\n");
    loop.advance(TIMEOUT.multipliedBy(3));
    assertThat(socket.isOpen()).isTrue();

    clients.answerEverything();
    assertThat(socket.sent()).isNotEmpty();
    loop.advance(TIMEOUT.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(MOMENT.plus(LATE));

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aClientThatDoesNotReadIsNotIdle() {
    FakeSocket socket = clients.connect();
    socket.takesOnly(0);
    socket.receive("version\r\n");

    loop.advance(Duration.ofSeconds(20));
    socket.takesMore(Integer.MAX_VALUE);
    loop.advance(TIMEOUT.minusSeconds(25));

    assertThat(socket.isOpen()).isTrue();
    assertThat(hits()).isZero();
  }

  @Test
  void aClientThatHasSentHalfARequestIsIdleAsWell() {
    FakeClients patient =
        new FakeClients(loop, limits(TIMEOUT).change().commandTimeout(Duration.ZERO).build());
    FakeSocket socket = patient.connect();
    socket.receive("get a");

    loop.advance(TIMEOUT.plus(LATE));

    assertThat(socket.isOpen()).isFalse();
    assertThat(hits()).isOne();
  }

  @Test
  void othersAreNotHurt() {
    List<FakeSocket> idle = new ArrayList<>();
    List<FakeSocket> busy = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      idle.add(clients.connect());
      busy.add(clients.connect());
    }

    for (int i = 0; i < 3; i++) {
      loop.advance(TIMEOUT.dividedBy(2));
      busy.forEach(socket -> socket.receive("mn\r\n"));
    }

    assertThat(idle).noneMatch(FakeSocket::isOpen);
    assertThat(busy).allMatch(FakeSocket::isOpen);
    assertThat(hits()).isEqualTo(50);
    assertThat(clients.clients.count()).isEqualTo(50);
  }

  @Test
  void nobodyIsIdleUnlessALimitSaysSo() {
    FakeClients patient = new FakeClients(loop, ClientLimits.DEFAULT);
    FakeSocket socket = patient.connect();

    loop.advance(Duration.ofMinutes(5));

    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void aReloadBeginsAndEndsItForThoseWhoAreConnected() {
    FakeClients others = clients;
    FakeSocket socket = others.connect();
    follow(Duration.ZERO);
    loop.advance(TIMEOUT.multipliedBy(2));
    assertThat(socket.isOpen()).isTrue();

    follow(TIMEOUT);
    loop.advance(TIMEOUT.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    loop.advance(MOMENT);

    assertThat(socket.isOpen()).isFalse();
    assertThat(hits()).isOne();
  }

  @Test
  void aProcessThatStoodStillReadsBeforeItCloses() {
    FakeSocket socket = clients.connect();

    loop.standStill(TIMEOUT.multipliedBy(2));
    assertThat(socket.isOpen()).isTrue();
    socket.receive("mn\r\n");
    loop.advance(MOMENT);

    assertThat(socket.isOpen()).isTrue();
    assertThat(socket.sent()).isEqualTo("MN\r\n");
  }
}
