package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests that a client may not make. */
@ExtendWith(NoLeaks.class)
class AccessTest {
  /** Replies of the route of these tests. */
  private static String found(String... keys) {
    StringBuilder reply = new StringBuilder();
    for (String key : keys) {
      reply.append("VALUE ").append(key).append(" 0 ").append(key.length() + 2);
      reply.append("\r\n<").append(key).append(">\r\n");
    }
    return reply + "END\r\n";
  }

  private static final String DENIED = "CLIENT_ERROR access denied\r\n";
  private static final String LOGIN = "set x 0 0 12\r\nalice secret\r\n";
  private static final String RULES =
      ", auth: USERS, access: {'*': {commands: [read], prefixes: ['s:']}, alice: {commands: [read,"
          + " write, flush_all]}, bob: {prefixes: ['b:'], read_only: true}}";

  private static final Introspection ANSWERS =
      new Introspection() {
        @Override
        public byte[] value(String key) {
          return Wire.bytes("told");
        }

        @Override
        public byte[] stats(String arguments) {
          return Wire.bytes("END\r\n");
        }
      };

  @RegisterExtension final TestLoop loop = new TestLoop();
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  AccessTest() {}

  /** The connection stays in step, and no server hears of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "add s:1 0 0 7|get s:1|",
        "append s:1 0 0 7|get s:1|",
        "cas s:1 0 0 7 1|get s:1|",
        "set s:1 0 0 2000000|" + "=",
        "ms s:1 7|get s:1|",
        "ms s:1 7 q|get s:1|",
        "delete s:1|",
        "incr s:1 1|",
        "touch s:1 1|",
        "gat 1 s:1|",
        "mg s:1 v T1|",
        "mg x v|",
        "md s:1 q|",
        "ma s:1|",
        "get x|",
        "get s:1 x|",
        "gets x s:1|",
        "stats|",
        "stats items|",
        "flush_all|",
      })
  void isOneErrorAndTheNextRequestIsServed(String request) throws IOException {
    GuardedClients clients = new GuardedClients(loop, folder, RULES.replace(", auth: USERS", ""));
    FakeSocket socket = clients.connect();
    socket.receive(
        request.replace("|", "\r\n").replace("=", "x".repeat(2_000_000) + "\r\n") + "mn\r\n");

    assertThat(socket.sent()).isEqualTo(DENIED + "MN\r\n");
    assertThat(clients.clients.route.asked()).isEmpty();
    assertThat(loop.proxy().stats().get(Counter.ACCESS_DENIED)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add s:1 0 0 1 noreply|x|",
        "delete s:1 noreply|",
        "incr s:1 1 noreply|",
        "flush_all noreply|"
      })
  void isNothingAtAllForOneThatWantsNoReply(String request) throws IOException {
    GuardedClients clients = new GuardedClients(loop, folder, RULES);
    FakeSocket socket = clients.connect();
    socket.receive(request.replace("|", "\r\n") + "mn\r\n");

    assertThat(socket.sent()).isEqualTo("MN\r\n");
    assertThat(clients.clients.route.asked()).isEmpty();
  }

  @Test
  void strangersDoWhatEverybodyMayAndAuthenticateWithASet() throws IOException {
    GuardedClients clients = new GuardedClients(loop, folder, RULES);
    FakeSocket socket = clients.connect();
    socket.receive("get s:1\r\nget a\r\n" + LOGIN + "get a\r\nset a 0 0 1\r\nx\r\nflush_all\r\n");

    assertThat(socket.sent())
        .startsWith(found("s:1") + DENIED + "STORED\r\n" + found("a") + "STORED\r\n")
        .doesNotEndWith(DENIED);
  }

  @Test
  void strangersAreToldTheSameWhereverTheirInputIsCut() throws IOException {
    GuardedClients clients = new GuardedClients(loop, folder, RULES);
    String input = "get a\r\nset x 0 0 11\r\nalice wrong\r\nget s:1 s:2\r\n" + LOGIN + "mn\r\n";
    for (int cut = 0; cut <= input.length(); cut++) {
      FakeSocket socket = clients.connect("2001:db8:0:" + Integer.toHexString(cut) + "::1");
      socket.receive(input.substring(0, cut));
      socket.receive(input.substring(cut));

      assertThat(socket.sent())
          .as("cut at %d", cut)
          .isEqualTo(
              DENIED
                  + "CLIENT_ERROR authentication failure\r\n"
                  + found("s:1", "s:2")
                  + "STORED\r\nMN\r\n");
    }
  }

  @Test
  void strangersWhoAreServedMayTakeTheirTime() throws IOException {
    FakeSocket socket = new GuardedClients(loop, folder, RULES).connect();
    loop.advance(Duration.ofSeconds(11));

    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void whoHasARuleOfHisOwnHasNotThatOfEverybody() throws IOException {
    FakeSocket socket = new GuardedClients(loop, folder, RULES).connect();
    socket.receive("set x 0 0 13\r\nbob two words\r\nget s:1\r\nget b:1\r\nset b:1 0 0 1\r\nx\r\n");

    assertThat(socket.sent()).isEqualTo("STORED\r\n" + DENIED + found("b:1") + DENIED);
  }

  @Test
  void asksTheProxyAboutItselfOnlyWithStats() throws IOException {
    GuardedClients clients =
        new GuardedClients(
            loop,
            folder,
            ", auth: USERS, access: {alice: {commands: [read]}, bob: {commands: [read, stats]}}");
    FakeSocket alice = clients.connect(ANSWERS);
    FakeSocket bob = clients.connect(ANSWERS);
    alice.receive(LOGIN + "get __mcrouter__.version\r\nstats\r\n");
    bob.receive("set x 0 0 13\r\nbob two words\r\nget __mcrouter__.version\r\nstats\r\n");

    assertThat(alice.sent()).isEqualTo("STORED\r\n" + found("__mcrouter__.version") + DENIED);
    assertThat(bob.sent()).contains("told").endsWith("END\r\nEND\r\n");
  }

  @Test
  void keepsItsPermissionsWhenTheRulesAreReadAgain() throws IOException {
    GuardedClients clients = new GuardedClients(loop, folder, RULES);
    FakeSocket socket = clients.connect();
    socket.receive(LOGIN + "set a 0 0 1\r\nx\r\n");
    socket.sent();

    clients.follow(", auth: USERS, access: {alice: {commands: [get]}}");
    socket.receive("set a 0 0 1\r\nx\r\nget a\r\n");
    assertThat(socket.sent()).isEqualTo(DENIED + found("a"));

    clients.follow("");
    socket.receive("set a 0 0 1\r\nx\r\n");
    assertThat(socket.sent()).isEqualTo("STORED\r\n");
  }
}
