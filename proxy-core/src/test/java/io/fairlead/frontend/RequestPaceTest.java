package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.ClientLimits;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast requests may come. */
@ExtendWith(NoLeaks.class)
class RequestPaceTest {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration MOMENT = Duration.ofMillis(10);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop, limits(10, 3));
  private final FakeSocket socket = clients.connect();

  private static ClientLimits limits(int perSecond, int burst) {
    return ClientLimits.with().requestsPerSecond(perSecond).requestBurst(burst).build();
  }

  private void follow(ClientLimits limits) {
    clients.follow(limits);
  }

  private long pauses() {
    return loop.proxy().stats().get(Counter.LIMIT_REQUESTS_PER_SECOND);
  }

  @ParameterizedTest
  @CsvSource({"2,2,0", "3,3,0", "4,3,1", "9,3,1"})
  void asManyAreServedAtOnceAsMayBeAndTheOthersWait(int requests, int served, int pauses) {
    socket.receive("delete k\r\n".repeat(requests));

    assertThat(clients.route.asked()).hasSize(served);
    assertThat(socket.isReading()).isEqualTo(pauses == 0);
    assertThat(pauses()).isEqualTo(pauses);
    loop.advance(Duration.ofSeconds(1));
    assertThat(socket.sent()).isEqualTo("NOT_FOUND\r\n".repeat(requests));
    assertThat(socket.isReading()).isTrue();
  }

  @Test
  void whatWaitsIsServedOneByOneAsTimeGoesBy() {
    socket.receive("delete k\r\n".repeat(6));
    assertThat(clients.route.asked()).hasSize(3);

    for (int i = 0; i < 3; i++) {
      loop.advance(PERIOD.minus(MOMENT));
      assertThat(clients.route.asked()).isEmpty();
      loop.advance(MOMENT);
      assertThat(clients.route.asked()).hasSize(1);
    }
    assertThat(pauses()).isEqualTo(3);
  }

  @Test
  void theKeysOfAGetCountOneByOne() {
    socket.receive("get a b c d e\r\nmn\r\n");
    assertThat(clients.route.asked()).containsExactly("get a", "get b", "get c");

    loop.advance(PERIOD);
    assertThat(clients.route.asked()).containsExactly("get d");
    loop.advance(PERIOD);
    assertThat(clients.route.asked()).containsExactly("get e");
    assertThat(socket.sent()).endsWith("END\r\n");
    loop.advance(PERIOD);

    assertThat(socket.sent()).isEqualTo("MN\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get k\r\n",
        "get k\n",
        "version\r\n",
        "bogus\r\n",
        "delete k noreply\r\n",
        "set k 0 0 1\r\nv\r\n",
        "set k 0 0 1\r\nvvv",
        "set k 0 0 9999999\r\n",
        "gat 1 k\r\n",
        "mg k v\r\n"
      })
  void everyRequestCountsOnce(String request) {
    for (int i = 0; i < 3; i++) {
      assertThat(socket.isReading()).isTrue();
      socket.receive(request);
      socket.receive(request.contains("9999999") ? "v".repeat(9_999_999) + "\r\n" : "");
    }
    assertThat(pauses()).isZero();

    socket.receive("mn\r\n");

    assertThat(pauses()).isOne();
  }

  @Test
  void aRequestThatArrivesInPiecesCountsOnce() {
    for (char c : "set k 0 0 3\r\nabc\r\nget a b\r\n".toCharArray()) {
      socket.receive(String.valueOf(c));
    }

    assertThat(clients.route.asked()).hasSize(3);
    assertThat(pauses()).isZero();
  }

  @Test
  void theRateHoldsInTheLongRun() {
    socket.receive("delete k\r\n".repeat(2000));

    loop.advance(Duration.ofSeconds(100));

    assertThat(clients.route.asked()).hasSize(3 + 1000);
  }

  @Test
  void aHighRateHoldsAlthoughClientsAreLookedAtFromTimeToTime() {
    FakeClients fast = new FakeClients(loop, limits(100_000, 1000));
    FakeSocket client = fast.connect();
    client.receive("mn\r\n".repeat(50_000));

    loop.advance(Duration.ofMillis(200));

    int served = client.sent().length() / "MN\r\n".length();
    assertThat(served).isBetween(19_000, 21_000);
  }

  @Test
  void othersAreServedMeanwhile() {
    socket.receive("delete k\r\n".repeat(10));
    FakeSocket other = clients.connect();

    other.receive("delete x\r\n");

    assertThat(other.sent()).isEqualTo("NOT_FOUND\r\n");
  }

  @Test
  void whoHasWaitedWhenTheClientGoesIsForgotten() {
    socket.receive("delete k\r\n".repeat(10));

    socket.disconnectByPeer();
    loop.advance(Duration.ofSeconds(5));

    assertThat(clients.route.asked()).hasSize(3);
  }

  @Test
  void aClientThatHasEndedItsInputIsServedToTheEnd() {
    socket.receive("delete k\r\n".repeat(5));
    socket.endInput();
    loop.advance(Duration.ofSeconds(1));

    assertThat(socket.sent()).isEqualTo("NOT_FOUND\r\n".repeat(5));
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aReloadSetsThoseFreeWhoWait() {
    socket.receive("delete k\r\n".repeat(10));

    follow(ClientLimits.DEFAULT);
    loop.advance(PERIOD);

    assertThat(socket.sent()).isEqualTo("NOT_FOUND\r\n".repeat(10));
    assertThat(socket.isReading()).isTrue();
  }

  @Test
  void aReloadHoldsForThoseWhoAreConnected() {
    follow(ClientLimits.DEFAULT);
    socket.receive("mn\r\n".repeat(10));
    assertThat(socket.sent()).isEqualTo("MN\r\n".repeat(10));

    follow(limits(10, 3));
    socket.receive("mn\r\n".repeat(10));

    assertThat(socket.sent()).isEqualTo("MN\r\n".repeat(3));
    follow(limits(10, 3));
    socket.receive("mn\r\n");
    assertThat(socket.sent()).isEmpty(); // the same limit goes on as it was
  }
}
