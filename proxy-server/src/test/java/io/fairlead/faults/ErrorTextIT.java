package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What clients of a pool with {@code error_text: twemproxy} are told when a server fails: what
 * nutcracker 0.5.0 was seen to say, for one key, for several, and for a write.
 */
@ExtendWith(LeakCheck.class)
class ErrorTextIT {
  private static final Duration NEVER = Duration.ofMinutes(1);

  /** A server that fails in one way. */
  @SuppressWarnings("ImmutableEnumChecker") // a script keeps nothing
  enum Failing {
    CLOSES("SERVER_ERROR unknown", Script.closingAfter(0, Answers::of)),
    RESETS(
        "SERVER_ERROR Connection reset by peer",
        peer -> {
          peer.nextRequest();
          peer.reset();
        }),
    NEVER_ANSWERS("SERVER_ERROR Connection timed out", Script.silent()),
    ANSWERS_NONSENSE("SERVER_ERROR Invalid argument", Script.answering(line -> "WHAT?\r\n")),
    ANSWERS_UNASKED_FOR("SERVER_ERROR Invalid argument", Script.answering(line -> "OK\r\n"));

    private final String line;
    private final Script script;

    Failing(String line, Script script) {
      this.line = line;
      this.script = script;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatFails(Failing failing) {
    try (ScriptedBackend backend = ScriptedBackend.running(failing.script);
        TestProxy proxy = inTwemproxysWords(backend.port()).timeout(ProxySetup.TIMEOUT).start()) {
      assertSaid(failing.line, proxy);
    }
  }

  @Test
  void aServerThatRefusesConnections() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent())) {
      backend.refuse();
      try (TestProxy proxy = inTwemproxysWords(backend.port()).start()) {
        assertSaid("SERVER_ERROR Connection refused", proxy);
      }
    }
  }

  /** Its queue of connections is full, so that the kernel does not answer. */
  @Test
  void aServerThatCannotBeConnectedToInTime() throws IOException {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      while (connects(full, waiting)) {
        assertThat(waiting).hasSizeLessThan(10);
      }
      try (TestProxy proxy = inTwemproxysWords(full.getLocalPort()).start()) {
        assertSaid("SERVER_ERROR Connection timed out", proxy);
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void aServerWhoseNameIsUnknown() {
    try (TestProxy proxy = inTwemproxysWords(11211).host("no-such-host.invalid").start()) {
      assertSaid("SERVER_ERROR Host is down", proxy);
    }
  }

  @Test
  void everyServerEjected() {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent())) {
      backend.refuse();
      try (TestProxy proxy =
          inTwemproxysWords(backend.port(), backend.port())
              .eject(1, NEVER, WhileEjected.REHASH)
              .start()) {
        proxy.awaitEjected(0);
        proxy.awaitEjected(1);

        assertSaid("SERVER_ERROR Connection refused", proxy);
      }
    }
  }

  @Test
  void anErrorOfTheServerItself() {
    String error = "SERVER_ERROR out of memory";
    try (ScriptedBackend backend = ScriptedBackend.answering(line -> error + "\r\n");
        TestProxy proxy = inTwemproxysWords(backend.port()).start()) {
      RawClient client = proxy.client();
      client.send("get k\r\nincr n 1\r\n").expect((error + "\r\n").repeat(2));
      client.send("get a b\r\n").expect("SERVER_ERROR Invalid argument\r\n");
    }
  }

  private static ProxySetup inTwemproxysWords(int... ports) {
    return ProxySetup.sharded(ports).errorText(ErrorText.TWEMPROXY);
  }

  private static void assertSaid(String line, TestProxy proxy) {
    RawClient client = proxy.client();
    String large = "set k 0 0 100000\r\n" + "x".repeat(100_000) + "\r\n";
    for (String request :
        List.of("get k\r\n", "get a b c\r\n", "set k 0 0 1\r\nx\r\n", "incr n 1\r\n", large)) {
      assertThat(client.send(request).readLine()).as(request).isEqualTo(line);
    }
  }

  private static boolean connects(ServerSocket server, List<Socket> connected) throws IOException {
    Socket socket = new Socket();
    connected.add(socket);
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 100);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
