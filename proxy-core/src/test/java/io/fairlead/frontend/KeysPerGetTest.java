package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.config.ClientLimits;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many keys a get may have. */
@ExtendWith(NoLeaks.class)
class KeysPerGetTest {
  private static final String TOO_MANY = "CLIENT_ERROR too many keys\r\n";

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = clients(3);
  private final FakeSocket socket = clients.connect();

  private FakeClients clients(int most) {
    return new FakeClients(loop, ClientLimits.with().keysPerGet(most).build());
  }

  private long hits() {
    return loop.proxy().stats().get(Counter.LIMIT_KEYS_PER_GET);
  }

  @ParameterizedTest
  @CsvSource({
    "get, a b, 2",
    "get, a b c, 3",
    "gets, a b c, 3",
    "gat 5, a b c, 3",
    "gats 5, a b c, 3"
  })
  void asManyAreAskedForAsThereMayBe(String how, String keys, int count) {
    socket.receive(how + " " + keys + "\r\n");

    assertThat(clients.route.asked()).hasSize(count);
    assertThat(socket.sent()).startsWith("VALUE a ").endsWith("\r\nEND\r\n");
    assertThat(hits()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get a b c d\r\n",
        "gets a b c d\r\n",
        "gat 5 a b c d\r\n",
        "gats 5 a b c d\r\n",
        "get a a a a\n",
        "  get  a  b   c d  \r\n"
      })
  void oneMoreIsRefusedAndNobodyIsAsked(String get) {
    socket.receive(get + "get e\r\n");

    assertThat(clients.route.asked()).containsExactly("get e");
    assertThat(socket.sent()).isEqualTo(TOO_MANY + FakeRoute.value("e", Verb.GET) + "END\r\n");
    assertThat(hits()).isOne();
    assertThat(loop.proxy().stats().get(Counter.CLIENT_ERRORS)).isOne();
  }

  @Test
  void spacesAreNoKeys() {
    socket.receive("get    a    b    c    \r\n");

    assertThat(clients.route.asked()).containsExactly("get a", "get b", "get c");
    assertThat(hits()).isZero();
  }

  @Test
  void aRefusedGetIsAnsweredInItsTurn() {
    clients.route.waitToAnswer();

    socket.receive("get x\r\nget a b c d\r\nget y\r\n");
    assertThat(socket.sent()).isEmpty();
    clients.answerEverything();

    assertThat(socket.sent())
        .isEqualTo(
            FakeRoute.value("x", Verb.GET)
                + "END\r\n"
                + TOO_MANY
                + FakeRoute.value("y", Verb.GET)
                + "END\r\n");
  }

  @Test
  void theVerdictDoesNotDependOnHowTheRequestArrives() {
    byte[] requests = Wire.bytes("get a b c\r\nget a b c d\r\ngats 7 a b c d\r\nget e\r\n");
    socket.receive(requests);
    List<String> asked = clients.route.asked();
    String sent = socket.sent();
    assertThat(sent).contains(TOO_MANY + TOO_MANY);
    for (int split = 1; split < requests.length; split++) {
      FakeSocket other = clients.connect();

      other.receive(Arrays.copyOf(requests, split));
      other.receive(Arrays.copyOfRange(requests, split, requests.length));

      assertThat(clients.route.asked()).as("split at %d", split).isEqualTo(asked);
      assertThat(other.sent()).as("split at %d", split).isEqualTo(sent);
    }
  }

  @Test
  void zeroIsForAnyNumber() {
    FakeClients unbounded = clients(0);
    FakeSocket client = unbounded.connect();

    client.receive("get" + " k".repeat(2000) + "\r\n");

    assertThat(unbounded.route.asked()).hasSize(2000);
    assertThat(hits()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"249,0", "250,0", "251,1"})
  void keysThatAreTooLongAreCounted(int length, int refused) {
    String key = "k".repeat(length);

    socket.receive(
        "get " + key + "\r\nget a " + key + "\r\ndelete " + key + "\r\nmg " + key + "\r\n");

    assertThat(loop.proxy().stats().get(Counter.LIMIT_KEY)).isEqualTo(4L * refused);
    assertThat(socket.sent().split("CLIENT_ERROR bad command line format\r\n", -1))
        .hasSize(1 + 4 * refused);
  }

  @Test
  void aBadKeyThatIsNotTooLongIsNotCounted() {
    socket.receive("get a\u0001b\r\nget\r\nincr k x\r\n");

    assertThat(loop.proxy().stats().get(Counter.LIMIT_KEY)).isZero();
  }
}
