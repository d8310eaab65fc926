package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stops mcrouter, or makes it eject a server that is well, is a mistake of one client here,
 * and nobody else is concerned.
 */
@ExtendWith(LeakCheck.class)
class McrouterBadInputIT {
  /** To be changed with the tables. */
  private static final int ANSWERED = 26;

  private static final int CLOSED = 4;
  private static final String BAD_KEY = "CLIENT_ERROR bad key";
  private static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";
  private static final String NOT_HERE = "SERVER_ERROR command not supported by proxy";

  private static final String CONFIGURATION =
      "{'pools': {'A': {'servers': ['10.0.0.1:11211']}}, 'route': 'PoolRoute|A'}"
          .replace('\'', '"');

  @RegisterExtension static final Servers servers = new Servers(1);

  @TempDir private Path folder;
  private TestProxy proxy;
  private RawClient other;

  /** With another client that has been served, so that the connection to the server is there. */
  @BeforeEach
  void start() throws Exception {
    proxy =
        new TestProxy(
            Proxy.start(McrouterProxy.settings(CONFIGURATION, servers.ports(), folder)), 1);
    other = proxy.client();
    other.send("set other 0 0 1\r\nx\r\n").expect("STORED\r\n");
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  /** A tilde is a line end. */
  static List<Arguments> answered() {
    return List.of(
        // Only the prefix, so that a server would get an empty key.
        arguments("set /././ 0 0 1~x", BAD_KEY),
        arguments("add /././ 0 0 1~x", BAD_KEY),
        arguments("get /././", BAD_KEY),
        arguments("get other /././", "VALUE other 0 1~x~END"),
        arguments("gat 1 /././", BAD_KEY),
        arguments("delete /././", BAD_KEY),
        arguments("incr /././ 1", BAD_KEY),
        arguments("touch /././ 1", BAD_KEY),
        arguments("mg /././ v", BAD_KEY),
        arguments("ms /././ 1~x", BAD_KEY),
        // Commands that mcrouter knows and memcached does not.
        arguments("metaget k", "ERROR"),
        arguments("lease-get k", "ERROR"),
        arguments("lease-set k 1 0 0 1~x", "ERROR~ERROR"),
        arguments("flush_regex .*", "ERROR"),
        arguments("exec ls", "ERROR"),
        arguments("admin version", "ERROR"),
        // Commands that end the process, or concern all clients.
        arguments("shutdown", NOT_HERE),
        arguments("shutdown graceful", NOT_HERE),
        arguments("flush_all", "CLIENT_ERROR flush_all not allowed"),
        arguments("cache_memlimit 1", NOT_HERE),
        arguments("watch", NOT_HERE),
        // Mistakes for which mcrouter closes the connection.
        arguments("frobnicate", "ERROR"),
        arguments("verbosity 1", "OK"),
        arguments("set k 0 0 1~xyz", "CLIENT_ERROR bad data chunk~ERROR"),
        arguments("incr k 18446744073709551616", "CLIENT_ERROR invalid numeric delta argument"),
        arguments("get " + "k".repeat(251), BAD_FORMAT));
  }

  @ParameterizedTest
  @MethodSource("answered")
  void isAnsweredAndConcernsNobodyElse(String input, String reply) {
    RawClient client = proxy.client();

    client.send(lines(input)).expect(lines(reply));

    client.send("get other\r\n").expect("VALUE other 0 1\r\nx\r\nEND\r\n");
    assertNobodyElseIsConcerned();
  }

  private static String lines(String text) {
    return text.replace("~", "\r\n") + "\r\n";
  }

  static List<Arguments> closed() {
    return List.of(
        arguments("HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        arguments("HTTP with a body", "POST / HTTP/1.0\r\nContent-Length: 9\r\n\r\nflush_all"),
        arguments("binary protocol", "\u0080\0\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0k"),
        arguments("binary no-op", "\u0080\n" + "\0".repeat(22)));
  }

  /** What is no memcached text at all. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("closed")
  void isClosedAndConcernsNobodyElse(String name, String input) {
    proxy.client().send(input).expectClosed();

    assertNobodyElseIsConcerned();
  }

  @Test
  void halfARequestConcernsNobodyElse() {
    proxy.client().send("set /././ 0 0 100\r\nx");
    proxy.client().send("\26\3\1\0\5hello");

    assertNobodyElseIsConcerned();
  }

  @Test
  void everyCaseIsThere() {
    assertThat(answered()).hasSize(ANSWERED);
    assertThat(closed()).hasSize(CLOSED);
  }

  private void assertNobodyElseIsConcerned() {
    other.send("get other\r\n").expect("VALUE other 0 1\r\nx\r\nEND\r\n");
    proxy.client().send("get other\r\n").expect("VALUE other 0 1\r\nx\r\nEND\r\n");
    assertThat(proxy.isUp(0)).isTrue();
    assertThat(proxy.count(Counter.CONNECTS)).as("connections to the server").isEqualTo(1);
  }
}
