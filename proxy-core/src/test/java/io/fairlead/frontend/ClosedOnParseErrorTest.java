package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests close their client, when the listener has {@code on_parse_error: close}. */
@ExtendWith(NoLeaks.class)
class ClosedOnParseErrorTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop, ParseError.CLOSE);
  private final FakeSocket socket = clients.connect();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo/",
        "/",
        "get/",
        "GET k/",
        "get <251>/",
        "get k <251> k/",
        "gat x k/",
        "touch k x/",
        "touch k x noreply/",
        "delete k 5/",
        "incr k/",
        "set k x 0 7/version/",
        "set k x 0 7 noreply/version/",
        "set <251> 0 0 7/version/",
        "set k 0 0/",
        "set k 0 0 x noreply/",
        "cas k 0 0 7/version/",
        "ms <251> 7/version/",
        "mg Zm9 b/",
        "mg <251> v/",
        "ms Zm9 7 b q/version/",
        "set k 0 0 3/abcx/",
        "set k 0 0 3 noreply/abcde",
        "ms k 3 q/abcde",
        "verbosity/",
        "stats nonsense/",
        "stats detail/",
        "stats cachedump 1/"
      })
  void anInvalidRequestClosesItsClientWithoutAWord(String request) {
    socket.receive(wire(request) + "get next\r\n");

    assertThat(socket.sent()).isEmpty();
    assertThat(socket.isOpen()).isFalse();
    assertThat(clients.route.asked()).isEmpty();
    assertThat(loop.proxy().stats().get(Counter.CLIENTS_INVALID)).isOne();
    assertThat(loop.proxy().stats().get(Counter.CLIENT_ERRORS)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          flush_all/         | CLIENT_ERROR flush_all not allowed/
          slabs automove 1/  | SERVER_ERROR command not supported by proxy/
          stats detail on/   | SERVER_ERROR command not supported by proxy/
          incr k x/          | CLIENT_ERROR invalid numeric delta argument/
          decr k -1/         | CLIENT_ERROR invalid numeric delta argument/
          set k 0 0 5000/<5000>/ | SERVER_ERROR object too large for cache/
          gat 100/           | END/
          """)
  void aRequestThatIsUnderstoodAndRefusedIsAnswered(String request, String reply) {
    socket.receive(wire(request) + "get next\r\n");

    assertThat(socket.sent())
        .isEqualTo(wire(reply) + FakeRoute.value("next", Verb.GET) + "END\r\n");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void whatWasAskedForBeforeIsAnsweredBefore() {
    clients.route.waitToAnswer();
    socket.receive("get a\r\nget b c\r\nversion\r\nfoo\r\nget late\r\n");
    assertThat(socket.sent()).isEmpty();
    assertThat(socket.isOpen()).isTrue();

    while (clients.route.waiting() > 0) {
      clients.route.answer(clients.route.waiting() - 1);
    }
    loop.turn();

    assertThat(socket.sent())
        .isEqualTo(
            FakeRoute.value("a", Verb.GET)
                + "END\r\n"
                + FakeRoute.value("b", Verb.GET)
                + FakeRoute.value("c", Verb.GET)
                + "END\r\nVERSION 1.6.18\r\n");
    assertThat(socket.isOpen()).isFalse();
    assertThat(clients.route.asked()).containsExactly("get a", "get b", "get c");
  }

  private static String wire(String spec) {
    return Wire.expand(spec).replace("/", "\r\n");
  }
}
