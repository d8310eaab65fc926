package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of a server that was not connected to before. */
@ExtendWith(NoLeaks.class)
class FirstRequestTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop);
  private final Outcomes outcomes = new Outcomes(true);

  @Test
  void opensTheConnectionAndWaitsForIt() {
    assertThat(server.attempts()).isZero();
    server.get(outcomes, 0, "a");
    loop.turn();
    server.send(outcomes, 1, "incr n 1\r\n");
    loop.turn();
    assertThat(server.attempts()).isOne();

    server.timePasses(FakeServer.TIMEOUT.minusMillis(1));
    assertThat(outcomes.told()).isEmpty();

    FakeSocket socket = server.accept();
    loop.turn();
    assertThat(socket.sent()).isEqualTo("get a\r\nincr n 1\r\n");
    socket.receive("END\r\n7\r\n");
    assertThat(outcomes.told()).containsExactly("0 miss", "1 7/");
  }

  @Test
  void waitsNoLongerThanARequestMay() {
    server.get(outcomes, 0, "a");
    server.send(outcomes, 1, "incr n 1\r\n");
    loop.turn();

    server.timePasses(FakeServer.TIMEOUT.plusSeconds(1));

    assertThat(outcomes.told()).containsExactlyInAnyOrder("0 TIMEOUT", "1 TIMEOUT");
  }

  @Test
  void aKeyIsNotSharedWithARequestThatHasTimedOut() {
    server.get(outcomes, 0, "a");
    loop.turn();
    server.timePasses(FakeServer.TIMEOUT.plusSeconds(1));
    assertThat(outcomes.told()).containsExactly("0 TIMEOUT");
    server.get(outcomes, 1, "a");
    server.get(outcomes, 2, "a");
    loop.turn();

    FakeSocket socket = server.accept();

    assertThat(socket.sent()).isEqualTo("get a a\r\n");
    socket.receive("END\r\n");
    assertThat(outcomes.told()).containsExactly("1 miss", "2 miss");
  }
}
