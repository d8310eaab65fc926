package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.LimitSettings;
import io.fairlead.loop.TestLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class RampTest {
  private static final int USUAL = LimitSettings.DEFAULT.serverRequests();

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server =
      new FakeServer(
          loop, EjectSettings.with(WhileEjected.REHASH).every(Duration.ofSeconds(1)).build());
  private final Outcomes outcomes = new Outcomes(true);

  @Test
  void aServerThatIsBackGetsMoreAndMoreRequests() {
    assertThat(server.server().connections().mostRequests()).isEqualTo(USUAL);
    ejectAndReturn();

    assertThat(server.server().connections().mostRequests()).isBetween(USUAL / 10, USUAL / 8);
    loop.advance(Duration.ofSeconds(5));
    assertThat(server.server().connections().mostRequests()).isBetween(USUAL / 2, USUAL * 6 / 10);
    loop.advance(Duration.ofSeconds(6));
    assertThat(server.server().connections().mostRequests()).isEqualTo(USUAL);
  }

  @Test
  void whatIsTooMuchForItFailsAtOnce() {
    ejectAndReturn();
    server.accept();
    int most = server.server().connections().mostRequests();

    for (int i = 0; i <= most; i++) {
      server.send(outcomes, i, "delete k\r\n");
    }

    assertThat(outcomes.told()).containsExactly(most + " OVERLOADED");
    assertThat(server.server().status().inFlight()).isEqualTo(most);
  }

  private void ejectAndReturn() {
    while (server.server().isUp()) {
      server.server().availability().onFailed(Failure.LOST);
    }
    loop.advance(Duration.ofSeconds(1));
    server.accept().receive("VERSION 1\r\n");
    assertThat(server.server().isUp()).isTrue();
  }
}
