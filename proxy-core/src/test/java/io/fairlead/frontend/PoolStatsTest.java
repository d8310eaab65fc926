package io.fairlead.frontend;

import static io.fairlead.metrics.PoolCounter.CLIENT_CONNECTIONS;
import static io.fairlead.metrics.PoolCounter.CLIENT_EOF;
import static io.fairlead.metrics.PoolCounter.CLIENT_ERR;
import static io.fairlead.metrics.PoolCounter.FORWARD_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.PoolStats;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class PoolStatsTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop);
  private final PoolStats stats = clients.route.stats;
  private final FakeSocket socket = clients.connect();

  @Test
  void aClientThatEndsItsConnectionIsNoError() {
    FakeSocket quits = clients.connect();
    FakeSocket halfCloses = clients.connect();
    assertThat(stats.get(CLIENT_CONNECTIONS)).isEqualTo(3);

    socket.disconnectByPeer();
    quits.receive("quit\r\n");
    halfCloses.endInput();

    assertThat(stats.get(CLIENT_EOF)).isEqualTo(3);
    assertThat(stats.get(CLIENT_ERR)).isZero();
    assertThat(stats.get(CLIENT_CONNECTIONS)).isZero();
  }

  @Test
  void aConnectionThatBreaksIsAnError() {
    socket.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    loop.turn();

    assertThat(stats.get(CLIENT_ERR)).isEqualTo(1);
    assertThat(stats.get(CLIENT_EOF)).isZero();
  }

  @Test
  void aClientThatSendsNonsenseIsAnError() {
    socket.receive("set k 0 0\r\n");

    assertThat(stats.get(CLIENT_ERR)).isEqualTo(1);
    assertThat(stats.get(CLIENT_EOF)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get fail1\r\n",
        "get hit fail1 fail2\r\n",
        "delete fail1\r\n",
        "delete fail1 noreply\r\n"
      })
  void aRequestThatAServerFailsIsCountedOnce(String request) {
    socket.receive(request);

    assertThat(stats.get(FORWARD_ERROR)).isEqualTo(1);
  }

  @Test
  void aMissIsNoForwardError() {
    socket.receive("get miss\r\nget a\r\nfoo\r\n");

    assertThat(stats.get(FORWARD_ERROR)).isZero();
  }
}
