package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are questions about the proxy, and where their answers come among others. */
@ExtendWith(NoLeaks.class)
class IntrospectionTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients clients = new FakeClients(loop);

  /** Says what it was asked. */
  private static final class Echo implements Introspection {
    @Override
    public byte[] value(String key) {
      return Wire.bytes("<" + key.substring("__mcrouter__.".length()) + ">");
    }

    @Override
    public byte[] stats(String arguments) {
      return Wire.bytes(
          arguments.equals("bad") ? "CLIENT_ERROR bad stats command\r\n" : "[" + arguments + "]");
    }
  }

  private FakeSocket asker() {
    return loop.open(clients.clients.accept(null, new Echo()));
  }

  @Test
  void aKeyOfTheProxyIsAnsweredWithoutAServer() {
    FakeSocket socket = asker();
    socket.receive("get __mcrouter__.version\r\n");

    assertThat(socket.sent()).isEqualTo("VALUE __mcrouter__.version 0 9\r\n<version>\r\nEND\r\n");
    assertThat(clients.route.asked()).isEmpty();
  }

  @Test
  void keysOfServersAndOfTheProxyAreAnsweredInTheirOrder() {
    clients.route.waitToAnswer();
    FakeSocket socket = asker();
    socket.receive("get a __mcrouter__.x b __mcrouter__.y\r\nget __mcrouter__.z\r\n");
    assertThat(socket.sent()).isEmpty();
    assertThat(clients.route.waiting()).isEqualTo(2);

    clients.answerEverything();

    assertThat(socket.sent())
        .containsSubsequence("__mcrouter__.x 0 3\r\n<x>", "__mcrouter__.y 0 3\r\n<y>", "END")
        .endsWith("VALUE __mcrouter__.z 0 3\r\n<z>\r\nEND\r\n");
  }

  @Test
  void aManyTimesRepeatedKeyIsAnsweredEachTime() {
    FakeSocket socket = asker();
    socket.receive("get" + " __mcrouter__.x".repeat(500) + "\r\n");

    assertThat(socket.sent())
        .isEqualTo("VALUE __mcrouter__.x 0 3\r\n<x>\r\n".repeat(500) + "END\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gets __mcrouter__.version",
        "gat 0 __mcrouter__.version",
        "mg __mcrouter__.version v",
        "delete __mcrouter__.version",
        "get __mcrouter__",
        "get __mcrouter_x.version",
        "get /a/b/__mcrouter__.version",
        "get x__mcrouter__.version"
      })
  void otherRequestsGoToServers(String request) {
    FakeSocket socket = asker();
    socket.receive(request + "\r\n");

    assertThat(clients.route.asked()).hasSize(1);
    assertThat(socket.sent()).doesNotContain("<version>");
  }

  @Test
  void aClientThatMayNotAskGetsAnOrdinaryReply() {
    FakeSocket socket = clients.connect();
    socket.receive("get __mcrouter__.version\r\nstats\r\n");

    assertThat(clients.route.asked()).containsExactly("get __mcrouter__.version");
    assertThat(socket.sent()).doesNotContain("<version>").contains("STAT curr_connections");
  }

  @Test
  void statisticsAreThoseOfIntrospection() {
    FakeSocket socket = asker();
    socket.receive("stats\r\nstats   all \r\nstats bad\r\nstats a b\r\n");

    assertThat(socket.sent()).isEqualTo("[][all]CLIENT_ERROR bad stats command\r\n[a b]");
    assertThat(loop.proxy().stats().get(Counter.CLIENT_ERRORS)).isEqualTo(1);
  }
}
