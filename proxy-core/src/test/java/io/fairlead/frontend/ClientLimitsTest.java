package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.ClientLimits;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client may have in flight and unread, to the last request and byte. */
@ExtendWith(NoLeaks.class)
class ClientLimitsTest {
  private static final String REPLY = "VERSION 1.6.18\r\n";

  @RegisterExtension final TestLoop loop = new TestLoop();

  @ParameterizedTest
  @CsvSource({"4,0", "5,0", "6,1"})
  void soManyRequestsAreInFlight(int requests, int heldBack) {
    FakeClients clients = new FakeClients(loop, ClientLimits.with().clientRequests(5).build());
    clients.route.waitToAnswer();
    FakeSocket client = clients.connect();

    client.receive("delete k\r\n".repeat(requests));

    assertThat(clients.route.asked()).hasSize(requests - heldBack);
    assertThat(client.isReading()).isEqualTo(heldBack == 0);
    assertThat(loop.proxy().stats().get(Counter.LIMIT_CLIENT_REQUESTS)).isEqualTo(heldBack);
    clients.answerEverything();
    assertThat(client.sent()).isEqualTo("NOT_FOUND\r\n".repeat(requests));
  }

  /** With so many bytes unread, one request more comes. */
  @ParameterizedTest
  @CsvSource({"4080,0", "4096,0", "4112,1"})
  void soManyBytesAreLeftUnread(int bytes, int heldBack) {
    FakeClients clients =
        new FakeClients(loop, ClientLimits.with().clientBufferBytes(4096).build());
    FakeSocket client = clients.connect();
    client.takesOnly(0);

    client.receive("version\r\n".repeat(bytes / REPLY.length() + 1));

    assertThat(client.isReading()).isEqualTo(heldBack == 0);
    assertThat(loop.proxy().stats().get(Counter.LIMIT_CLIENT_BUFFER)).isEqualTo(heldBack);
    client.takesMore(Integer.MAX_VALUE);
    assertThat(client.sent()).isEqualTo(REPLY.repeat(bytes / REPLY.length() + 1));
    assertThat(client.isReading()).isTrue();
  }
}
