package io.fairlead.backend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ServerCounter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class IdleConnectionTest {
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(10);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server =
      new FakeServer(
          loop,
          EjectSettings.DEFAULT,
          new ConnectionSettings(KeepaliveSettings.DEFAULT, IDLE, 0),
          null);
  private final Outcomes outcomes = new Outcomes();

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  private void ask(FakeSocket socket) {
    Outcomes own = new Outcomes();
    server.get(own, 0, "a");
    loop.turn();
    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\n");
    assertThat(own.told()).containsExactly("0 miss");
  }

  @Test
  void aConnectionOnWhichNothingWasEverAskedIsClosed() {
    FakeSocket socket = connect();

    server.timePasses(IDLE.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    server.timePasses(MOMENT.multipliedBy(2));

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void eachRequestBeginsTheTimeAnew() {
    FakeSocket socket = connect();
    for (int i = 0; i < 5; i++) {
      server.timePasses(IDLE.minus(MOMENT));
      ask(socket);
    }

    server.timePasses(IDLE.minus(MOMENT));
    assertThat(socket.isOpen()).isTrue();
    server.timePasses(MOMENT.multipliedBy(2));
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aRequestThatWaitsForItsReplyKeepsTheConnectionOpen() {
    FakeSocket socket = connect();
    server.get(outcomes, 0, "a");
    loop.turn();

    server.timePasses(IDLE.multipliedBy(3));

    assertThat(socket.isOpen()).isTrue();
    socket.receive("END\r\n");
    assertThat(outcomes.told()).containsExactly("0 miss");
  }

  @Test
  void theNextRequestOpensAnother() {
    FakeSocket first = connect();
    server.timePasses(IDLE.plus(MOMENT));
    assertThat(first.isOpen()).isFalse();
    assertThat(server.attempts()).isZero();

    server.get(outcomes, 0, "a");
    loop.turn();
    FakeSocket second = server.accept();

    assertThat(second.sent()).isEqualTo("get a\r\n");
    second.receive("END\r\n");
    assertThat(outcomes.told()).containsExactly("0 miss");
  }

  @Test
  void itIsNoFailureHoweverOftenItHappens() {
    for (int i = 0; i < 10; i++) {
      ask(connect());
      server.timePasses(IDLE.plus(MOMENT));
    }

    assertThat(server.server().isUp()).isTrue();
    assertThat(server.server().status().failuresInARow()).isZero();
    assertThat(server.count(Counter.CONNECTIONS_IDLE)).isEqualTo(10);
    assertThat(server.count(Counter.CONNECTIONS_LOST)).isZero();
    assertThat(server.count(ServerCounter.SERVER_ERR)).isZero();
    assertThat(server.count(ServerCounter.SERVER_EOF)).isZero();
    assertThat(server.count(ServerCounter.SERVER_CONNECTIONS)).isZero();
  }

  @Test
  void theConnectionsOfLargeValuesAreClosedToo() {
    Upload upload =
        requireNonNull(server.upload(outcomes, "set k 0 0 0\r\n", () -> {}), "the server is up");
    FakeSocket socket = server.accept();
    upload.end();
    loop.turn();
    server.timePasses(IDLE.multipliedBy(2));
    assertThat(socket.isOpen()).isTrue();
    socket.receive("STORED\r\n");

    server.timePasses(IDLE.plus(MOMENT));

    assertThat(socket.isOpen()).isFalse();
    assertThat(server.count(Counter.CONNECTIONS_IDLE)).isOne();
    assertThat(server.count(ServerCounter.SERVER_ERR)).isZero();
  }
}
