package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All that is kept for connections to servers is told apart from what is kept for clients. */
class OutboundConnectionTest {
  private static final String LINE = "set k 0 0 100\r\n";
  private static final String VALUE = "v".repeat(100) + "\r\n";

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop);
  private final Outcomes client = new Outcomes();

  private void assertKept(int bytes) {
    assertThat(server.count(Counter.SERVER_BUFFERED_BYTES)).isEqualTo(bytes);
    assertThat(server.count(Counter.BUFFERED_BYTES)).isEqualTo(bytes);
  }

  @Test
  void requestsThatAServerDoesNotTakeAreKeptForIt() {
    server.send(client, 0, LINE + VALUE);
    FakeSocket socket = server.accept();
    assertKept(0);

    socket.takesOnly(0);
    server.send(client, 1, LINE + VALUE);
    loop.turn();
    assertKept(LINE.length() + VALUE.length());

    socket.takesMore(Integer.MAX_VALUE);
    assertKept(0);
    socket.receive("STORED\r\n".repeat(2));
    assertThat(client.told()).containsExactly("0 STORED/", "1 STORED/");
  }

  @Test
  void soAreLargeValuesOnAConnectionOfTheirOwn() {
    Upload upload = Objects.requireNonNull(server.upload(client, LINE, () -> {}));
    FakeSocket socket = server.accept();
    socket.takesOnly(0);
    upload.value(Wire.buffer(VALUE), 0, 100);
    loop.turn();
    assertThat(server.count(Counter.SERVER_BUFFERED_BYTES)).isPositive();
    assertThat(server.count(Counter.BUFFERED_BYTES))
        .isEqualTo(server.count(Counter.SERVER_BUFFERED_BYTES));

    upload.abort();
    assertKept(0);
  }
}
