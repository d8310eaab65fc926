package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.Verb;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told that sends something malformed, and that the next request still works. */
@ExtendWith(NoLeaks.class)
class RefusedRequestTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop);
  private final FakeSocket socket = clients.connect();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          foo/                              | ERROR/
          /                                 | ERROR/
          \\x0a                             | ERROR/
          get/                              | ERROR/
          GET k/                            | ERROR/
          get <251>/                        | CLIENT_ERROR bad command line format/
          get k <251> k/                    | CLIENT_ERROR bad command line format/
          incr k x/                         | CLIENT_ERROR invalid numeric delta argument/
          incr k x noreply/                 |
          touch k x/                        | CLIENT_ERROR invalid exptime argument/
          delete k 5/                       | CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]/
          flush_all/                        | CLIENT_ERROR flush_all not allowed/
          flush_all noreply/                |
          slabs automove 1/                 | SERVER_ERROR command not supported by proxy/
          mg Zm9 b/                         | CLIENT_ERROR error decoding key/
          set k x 0 7/version/              | CLIENT_ERROR bad command line format/
          set k x 0 7 noreply/version/      |
          set <251> 0 0 7/version/          | CLIENT_ERROR bad command line format/
          cas k 0 0 7/version/              | ERROR/
          ms <251> 7/version/               | CLIENT_ERROR bad command line format/
          ms Zm9 7 b q/version/             | CLIENT_ERROR error decoding key/
          set k 0 0 3/abcx/                 | CLIENT_ERROR bad data chunk/ERROR/
          set k 0 0 3/abcdef/               | CLIENT_ERROR bad data chunk/ERROR/
          set k 0 0 3 noreply/abcde         |
          ms k 3 q/abcde                    | CLIENT_ERROR bad data chunk/
          set k 0 0 9/abc/delete/           | CLIENT_ERROR bad data chunk/ERROR/
          gat 100/                          | END/
          """)
  void isToldSoAndCanGoOn(String request, String reply) {
    socket.receive(wire(request) + "get next\r\n");

    assertThat(socket.sent())
        .isEqualTo(
            wire(reply == null ? "" : reply) + FakeRoute.value("next", Verb.GET) + "END\r\n");
    assertThat(clients.route.asked()).containsExactly("get next");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set k 0 0/                        | ERROR/
          set k 0 0 x/                      | CLIENT_ERROR bad command line format/
          set k 0 0 x noreply/              |
          set k 0 0 -1/                     | CLIENT_ERROR bad command line format/
          ms k/                             | CLIENT_ERROR bad command line format/
          foo HTTP/1.1/                     |
          quit/                             |
          quit now/                         |
          \\x80\\x00\\x00\\x0a              |
          """)
  void isClosedWhenTheStreamIsLostAfterEarlierReplies(String request, String reply) {
    clients.route.waitToAnswer();
    boolean binary = request.startsWith("\\x80");
    String earlier = binary ? "" : "get a\r\ndelete b\r\n";

    socket.receive(earlier + wire(request) + "delete k\r\n");
    assertThat(socket.isOpen()).isEqualTo(!binary);
    clients.answerEverything();

    assertThat(socket.sent())
        .isEqualTo(
            (binary ? "" : FakeRoute.value("a", Verb.GET) + "END\r\nNOT_FOUND\r\n")
                + wire(reply == null ? "" : reply));
    assertThat(socket.isOpen()).isFalse();
    assertThat(clients.route.asked()).doesNotContain("delete k\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "set, STORED, true",
    "add, STORED, false",
    "append, STORED, false",
  })
  void aValueThatIsTooLargeIsSwallowedAndSetRemovesTheOldOne(
      String verb, String stored, boolean removes) {
    socket.receive(verb + " k 0 0 4096\r\n" + "v".repeat(4096) + "\r\n");
    assertThat(socket.sent()).isEqualTo(stored + "\r\n");
    clients.route.asked();

    socket.receive(verb + " k 0 0 4097\r\n" + "v".repeat(4000));
    socket.receive("v".repeat(97) + "\r\nmn\r\n");

    assertThat(socket.sent()).isEqualTo("SERVER_ERROR object too large for cache\r\nMN\r\n");
    assertThat(clients.route.asked()).hasSize(removes ? 1 : 0);
  }

  @Test
  void noreplyHidesThatAValueIsTooLargeAndQuietDoesNot() {
    String value = "v".repeat(5000);

    socket.receive("set k 0 0 5000 noreply\r\n" + value + "\r\n");
    assertThat(socket.sent()).isEmpty();

    socket.receive("ms k 5000 q\r\n" + value + "\r\n");
    assertThat(socket.sent()).isEqualTo("SERVER_ERROR object too large for cache\r\n");
    assertThat(clients.route.asked()).containsExactly("invalidate k", "invalidate k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void aLineMayBeOfTheLimit(String lineEnd) {
    socket.receive("x".repeat(2048));
    socket.receive(lineEnd + "x".repeat(2048) + lineEnd);

    assertThat(socket.sent()).isEqualTo("ERROR\r\nERROR\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "gat 0 ", "delete ", "getx ", " "})
  void aLongerLineClosesSilently(String start) {
    String line = start + "k ".repeat(1025);

    socket.receive("mn\r\n" + line);

    assertThat(socket.sent()).isEqualTo("MN\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "gets", "  get"})
  void aGetMayBeLonger(String verb) {
    String line = verb + " miss".repeat(1000);
    socket.receive(line.substring(0, 4000));
    assertThat(socket.isOpen()).isTrue();

    socket.receive(line.substring(4000) + "\r\n");

    assertThat(socket.sent()).isEqualTo("END\r\n");
  }

  @Test
  void aGetMayNotBeEndless() {
    socket.receive("get " + "k ".repeat(4100));

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void flushAllReachesTheServersWhereItIsAllowed() {
    FakeClients allowed =
        new FakeClients(loop, MultigetFailure.PARTIAL, Set.of(GuardedCommand.FLUSH_ALL));
    FakeSocket client = allowed.connect();

    client.receive("flush_all 10 noreply\r\nflush_all\r\n");

    assertThat(client.sent()).isEqualTo("OK\r\n");
    assertThat(allowed.route.asked()).containsExactly("flush_all 10\r\n", "flush_all\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0080", "\u0080\0\0\n", "\u0080x\r\nget k\r\n"})
  void theBinaryProtocolIsNotSpoken(String start) {
    socket.receive(start);

    assertThat(socket.sent()).isEmpty();
    assertThat(socket.isOpen()).isFalse();
  }

  private static String wire(String spec) {
    return Wire.expand(spec)
        .replace("HTTP/1.1/", "HTTP%1.1/")
        .replace("/", "\r\n")
        .replace('%', '/');
  }
}
