package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.config.LimitSettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reply that cannot be the next request's ends the connection and fails all that is on it. */
@ExtendWith(NoLeaks.class)
class InvalidReplyTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop);
  private final Outcomes outcomes = new Outcomes(true);
  private final FakeSocket socket = connect();

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  static Stream<String> repliesToAGet() {
    int tooLarge = LimitSettings.DEFAULT.valueBytes() + 1;
    return Stream.of(
        "VALUE c 0 1\r\nx\r\n",
        "VALUE aa 0 1\r\nx\r\n",
        "VALUE A 0 1\r\nx\r\n",
        "VALUE a 0 1 5\r\nx\r\n",
        "VALUE a 0\r\nx\r\n",
        "VALUE a x 1\r\nx\r\n",
        "VALUE a 0 -1\r\n",
        "VALUE a 0 1\r\nxy\r\n",
        "VALUE a 0 1\r\nx\n\r",
        "VALUE a 0 1\r\nx\rx",
        "VALUE a 0 " + tooLarge + "\r\n",
        "VALUE a 0 99999999999\r\n",
        "VALUE a 0 1\n",
        "VALUE\r\n",
        "VALUE \r\n",
        "END \r\n",
        "END\n",
        "\n",
        "\r\n",
        "\r\r\n",
        "STORED\r\n",
        "HD\r\n",
        "VA 1\r\nx\r\n",
        "5\r\n",
        "WHAT?\r\n",
        "BUSY\r\n",
        "\u0080\0\0\n",
        "x".repeat(4096),
        "VALUE a" + " ".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("repliesToAGet")
  void failsEveryRequestOnce(String reply) {
    server.get(outcomes, 0, "a", "b", "a");
    server.send(outcomes, 3, "set k 0 0 1\r\nx\r\n");
    loop.turn();

    socket.receive(reply);

    assertThat(outcomes.told())
        .containsExactlyInAnyOrder(
            "0 INVALID_REPLY", "2 INVALID_REPLY", "1 INVALID_REPLY", "3 INVALID_REPLY");
    assertClosed();
  }

  @ParameterizedTest
  @MethodSource("repliesToAGet")
  void failsEveryRequestOnceHoweverTheReplyArrives(String reply) {
    server.get(outcomes, 0, "a", "b", "a");
    server.send(outcomes, 3, "set k 0 0 1\r\nx\r\n");
    loop.turn();

    for (byte b : Wire.bytes(reply)) {
      socket.receive(new byte[] {b});
    }

    assertThat(outcomes.told()).hasSize(4).allMatch(told -> told.matches("\\d INVALID_REPLY"));
    assertClosed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"END", "VALUE k 0 1", "NOT_STORE", "DELETED", "TOUCHED", "OK", "HD", "1", "MN"})
  void aStoreIsNotToldTheReplyToAnotherCommand(String line) {
    server.send(outcomes, 0, "set k 0 0 1\r\nx\r\n");
    loop.turn();

    socket.receive(line + "\r\n");

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY");
    assertClosed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VA x\r\n", "VA\r\n", "VA 1\r\nxyz", "VA 1048577\r\n", "VALUE k 0 1\r\n"})
  void aMetaGetWantsAMetaValue(String reply) {
    server.send(outcomes, 0, "mg k v\r\n");
    loop.turn();

    socket.receive(reply);

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY");
    assertClosed();
  }

  @Test
  void aCasUniqueMustComeWhenItWasAskedFor() {
    server.retrieve(Verb.GETS, 0, outcomes, 0, "a");
    loop.turn();

    socket.receive("VALUE a 0 1\r\nx\r\nEND\r\n");

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY");
    assertClosed();
  }

  @Test
  void aValueMayComeOnlyOnce() {
    server.get(outcomes, 0, "a", "b");
    loop.turn();

    socket.receive("VALUE b 0 1\r\nx\r\nVALUE b 0 1\r\ny\r\n");

    assertThat(outcomes.told()).containsExactly("0 miss", "1 VALUE b 0 1/x/");
    assertClosed();
  }

  @Test
  void valuesMustComeInTheOrderOfTheKeys() {
    server.get(outcomes, 0, "a", "b");
    loop.turn();

    socket.receive("VALUE b 0 1\r\nx\r\nVALUE a 0 1\r\ny\r\n");

    assertThat(outcomes.told()).containsExactly("0 miss", "1 VALUE b 0 1/x/");
    assertClosed();
  }

  @Test
  void aValueForTheNextRequestMayNotComeBeforeEnd() {
    server.get(outcomes, 0, "a");
    loop.turn();
    server.get(outcomes, 1, "b");
    loop.turn();

    socket.receive("VALUE b 0 1\r\nx\r\nEND\r\nEND\r\n");

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY", "1 INVALID_REPLY");
    assertClosed();
  }

  @Test
  void whatNobodyAskedForEndsAnIdleConnection() {
    socket.receive("E");

    assertClosed();
  }

  @Test
  void whatCameBeforeTheRequestWasSentIsNotItsReply() {
    server.get(outcomes, 0, "a");
    socket.read(Wire.bytes("END\r\n"));
    loop.turn();

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY");
    assertClosed();
  }

  @Test
  void moreThanWasAskedForComesTooLateToHarm() {
    server.get(outcomes, 0, "a");
    loop.turn();

    socket.receive("END\r\nEND\r\n");

    assertThat(outcomes.told()).containsExactly("0 miss");
    assertClosed();
  }

  @Test
  void aValueThatWasBegunFailsInTheMiddle() {
    server.get(outcomes, 0, "a", "b");
    loop.turn();

    socket.receive("VALUE a 0 20000\r\n" + "v".repeat(10_000));
    assertThat(outcomes.pieces()).isEqualTo(1);
    socket.receive("v".repeat(10_000) + "xx");

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY", "1 INVALID_REPLY");
    assertClosed();
  }

  @Test
  void aStoreThatIsAnUnknownCommandEndsTheConnectionBecauseItsValueWasRead() {
    server.send(outcomes, 0, "set k 0 0 7\r\nversion\r\n");
    server.send(outcomes, 1, "delete k\r\n");
    loop.turn();

    socket.receive("ERROR\r\nVERSION 1\r\nDELETED\r\n");

    assertThat(outcomes.told()).containsExactly("0 ERROR/", "1 LOST");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void anotherUnknownCommandHarmsNobodyElse() {
    server.send(outcomes, 0, "me k\r\n");
    server.send(outcomes, 1, "delete k\r\n");
    loop.turn();

    socket.receive("ERROR\r\nDELETED\r\n");

    assertThat(outcomes.told()).containsExactly("0 ERROR/", "1 DELETED/");
    assertThat(socket.isOpen()).isTrue();
  }

  private void assertClosed() {
    assertThat(socket.isOpen()).isFalse();
    assertThat(server.count(Counter.PROTOCOL_VIOLATIONS)).isEqualTo(1);
    assertThat(server.server().status().inFlight()).isZero();
  }
}
