package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not memcached's text protocol ends the connection before anything of it is executed. */
@ExtendWith(NoLeaks.class)
class ForeignTest {
  private static final String EVIL = "set evil 0 0 1\r\nx\r\nget evil\r\n";

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop);
  private final FakeSocket socket = clients.connect();

  /** How each of them begins; nothing more is needed to cut it off. */
  private static final List<String> BEGINNINGS =
      List.of(
          "GET /",
          "POST /",
          "PUT /",
          "HEAD /",
          "OPTIONS /",
          "OPTIONS *",
          "DELETE /",
          "PATCH /",
          "TRACE /",
          "PROPFIND /",
          "GET http",
          "CONNECT e",
          "PRI *",
          "\u0016\u0003");

  static Stream<String> beginnings() {
    return BEGINNINGS.stream();
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void isCutOffAsSoonAsItIsKnown(String beginning) {
    byteByByte(beginning.substring(0, beginning.length() - 1));
    assertThat(socket.isOpen()).isTrue();

    socket.receive(beginning.substring(beginning.length() - 1));

    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.sent()).isEmpty();
    assertThat(count(Counter.CLIENTS_FOREIGN)).isOne();
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void noneOfItsBodyIsExecutedHoweverItArrives(String beginning) {
    byte[] request = Wire.bytes(beginning + "x HTTP/1.1\r\nHost: a\r\n\r\n" + EVIL);
    for (int split = 0; split <= request.length; split++) {
      FakeClients others = new FakeClients(loop);
      FakeSocket client = others.connect();

      client.receive(Arrays.copyOf(request, split));
      client.receive(Arrays.copyOfRange(request, split, request.length));

      assertThat(others.route.asked()).as("split at %d", split).isEmpty();
      assertThat(client.sent()).as("split at %d", split).isEmpty();
      assertThat(client.isOpen()).as("split at %d", split).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void whatCameBeforeItIsAnswered(String beginning) {
    clients.route.waitToAnswer();

    socket.receive("get a\r\nmn\r\n" + beginning + "\r\n" + EVIL);
    assertThat(socket.isOpen()).isTrue();
    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo(FakeRoute.value("a", Verb.GET) + "END\r\nMN\r\n");
    assertThat(socket.isOpen()).isFalse();
    assertThat(clients.route.asked()).containsExactly("get a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo HTTP/1.1\r\n", " GET / HTTP/1.0\n", "GET k HTTP/1.1\r\n"})
  void aLineThatEndsAsOneOfHttpIsCutOffWhenItIsComplete(String line) {
    socket.receive(line + EVIL);

    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.sent()).isEmpty();
    assertThat(clients.route.asked()).isEmpty();
    assertThat(count(Counter.CLIENTS_FOREIGN)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET k",
        "GET",
        "GET ",
        "GET  /",
        "GET\t/",
        "GET h",
        "CONNECT",
        "CONNECT ",
        "Get /",
        "GETX1 /",
        "AVERYLONGWORDOFTWENTYFIVEX /",
        "\u0016",
        "\u0016\u0004",
        "\u0003\u0016",
        "/ GET",
      })
  void whatIsOnlyMistypedIsAnswered(String line) {
    socket.receive(line + "\r\nmn\r\n");

    assertThat(socket.sent()).isEqualTo("ERROR\r\nMN\r\n");
    assertThat(count(Counter.CLIENTS_FOREIGN)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"set k 0 0 16\r\n", "ms k 16\r\n", "set k x 0 16\r\n"})
  void aValueMayHoldAnything(String line) {
    socket.receive(line + "\r\nGET / HTTP/1.1\r\nmn\r\n");
    assertThat(socket.sent()).endsWith("MN\r\n").doesNotContain("\r\nERROR");

    socket.receive(line + "\u0016\u00032345678901234\u0080\r\nmn\r\n");
    assertThat(socket.sent()).endsWith("MN\r\n").doesNotContain("\r\nERROR");
    assertThat(socket.isOpen()).isTrue();
    assertThat(count(Counter.CLIENTS_FOREIGN)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "/", "*", "PRI", "HTTP/1.1", "\u0080"})
  void aKeyMayLookLikeAnything(String key) {
    socket.receive("get " + key + "\r\ndelete " + key + "\r\nget a " + key + " b\r\n");

    assertThat(socket.isOpen()).isTrue();
    assertThat(clients.route.asked())
        .containsExactly("get " + key, "delete " + key + "\r\n", "get a", "get " + key, "get b");
  }

  private void byteByByte(String text) {
    for (int i = 0; i < text.length(); i++) {
      socket.receive(text.substring(i, i + 1));
    }
  }

  private long count(Counter counter) {
    return loop.proxy().stats().get(counter);
  }
}
