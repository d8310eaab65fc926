package io.fairlead.frontend;

import static io.fairlead.metrics.CommandClass.DELETE;
import static io.fairlead.metrics.CommandClass.GET;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.LatencySnapshot;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.RequestStats;
import io.fairlead.metrics.ResultCounter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted of the requests of clients, and of their connections. */
@ExtendWith(NoLeaks.class)
class RequestStatsTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop);
  private final RequestStats stats = clients.route.stats.requests();
  private final FakeSocket socket = clients.connect();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get a                     | GET FOUND 1
          get miss                  | GET NOTFOUND 1
          get a b miss fail         | GET FOUND 2, GET NOTFOUND 1, GET REMOTE_ERROR 1
          get fail                  | GET REMOTE_ERROR 1
          get error                 | GET REMOTE_ERROR 1
          gats 0 a miss             | GET FOUND 1, GET NOTFOUND 1
          delete fail               | DELETE REMOTE_ERROR 1
          version                   | OTHER OK 1
          nonsense                  | OTHER CLIENT_ERROR 1
          delete fail noreply       | DELETE REMOTE_ERROR 1
          quit                      | ''
          """)
  void countsWhatBecameOfRequests(String request, String counted) {
    socket.receive(request + "\r\n");

    assertThat(String.join(", ", counts())).isEqualTo(counted);
  }

  @ParameterizedTest
  @CsvSource({
    "get a, GET",
    "delete a, DELETE",
    "mg a v, META",
    "touch a 0, TOUCH",
    "incr a 1, ARITHMETIC"
  })
  void eachRequestHasATime(String request, CommandClass command) {
    clients.route.waitToAnswer();
    socket.receive(request + "\r\n");
    loop.advance(Duration.ofMillis(20));
    clients.route.answer(0);
    loop.turn();

    LatencySnapshot times = stats.times(command).snapshot();
    assertThat(times.count()).isEqualTo(1);
    assertThat(times.sumNanos()).isEqualTo(Duration.ofMillis(20).toNanos());
  }

  @Test
  void aMultiGetHasOneTime() {
    socket.receive("get a b c\r\n");

    assertThat(stats.times(GET).snapshot().count()).isEqualTo(1);
    assertThat(stats.times(DELETE).snapshot().count()).isZero();
  }

  @Test
  void tellsWhyConnectionsEnd() {
    clients.connect().receive("quit\r\n");
    clients.connect().disconnectByPeer();
    clients.connect().receive("GET / HTTP/1.1\r\n");
    clients.connect().receive("set k 0 0\r\n");
    FakeSocket broken = clients.connect();
    broken.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    loop.turn();

    assertThat(count(ListenerCounter.CLOSED_CLIENT)).isEqualTo(2);
    assertThat(count(ListenerCounter.CLOSED_INVALID)).isEqualTo(2);
    assertThat(count(ListenerCounter.CLOSED_ERROR)).isEqualTo(1);
    assertThat(count(ListenerCounter.CONNECTIONS)).isEqualTo(1);
    assertThat(count(ListenerCounter.ACCEPTED)).isEqualTo(6);
  }

  @Test
  void aConnectionThatTheProxyEndsIsItsDoing() {
    clients.clients.drain(Duration.ZERO);
    loop.turn();
    socket.endInput();
    loop.turn();

    assertThat(count(ListenerCounter.CLOSED_PROXY)).isEqualTo(1);
  }

  private long count(ListenerCounter counter) {
    return clients.clients.stats().get(counter);
  }

  private List<String> counts() {
    List<String> counts = new ArrayList<>();
    for (CommandClass command : CommandClass.values()) {
      for (ResultCounter result : ResultCounter.values()) {
        long count = stats.results(command).get(result);
        if (count > 0) {
          counts.add(command + " " + result + " " + count);
        }
      }
    }
    return counts;
  }
}
