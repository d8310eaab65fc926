package io.fairlead.backend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.config.EjectSettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class UploadTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop, EjectSettings.DEFAULT);
  private final Outcomes outcomes = new Outcomes();
  private int rooms;

  @Test
  void aValueIsSentPieceByPieceAndItsReplyIsTold() {
    Upload upload = begin("set k 7 0 6 noreply\r\n");
    FakeSocket socket = server.accept();
    value(upload, "abc");
    loop.turn();
    assertThat(socket.sent()).isEqualTo("set k 7 0 6\r\nabc");
    value(upload, "def");
    upload.end();
    loop.turn();
    assertThat(socket.sent()).isEqualTo("def\r\n");

    socket.receive("STO");
    socket.receive("RED\r\n");

    assertThat(outcomes.told()).containsExactly("0 STORED/");
    assertThat(upload.isWanted()).isFalse();
  }

  @Test
  void whatIsSentBeforeTheConnectionIsOpenFollows() {
    Upload upload = begin("set k 0 0 100000\r\n");
    value(upload, "v".repeat(100_000));
    upload.end();
    loop.turn();

    assertThat(server.accept().sent())
        .isEqualTo("set k 0 0 100000\r\n" + "v".repeat(100_000) + "\r\n");
  }

  @Test
  void aConnectionIsUsedAgainOneValueAfterAnother() {
    FakeSocket socket = store();

    begin("set l 0 0 1\r\n");
    loop.turn();

    assertThat(server.attempts()).isZero();
    assertThat(socket.sent()).isEqualTo("set l 0 0 1\r\n");
  }

  @Test
  void valuesAtTheSameTimeHaveConnectionsOfTheirOwnOfWhichAFewAreKept() {
    List<Upload> uploads = new ArrayList<>();
    List<FakeSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      uploads.add(begin("set k 0 0 0\r\n"));
      sockets.add(server.accept());
    }
    for (int i = 0; i < 6; i++) {
      uploads.get(i).end();
      loop.turn();
      outcomes.forget();
      sockets.get(i).receive("STORED\r\n");
    }

    assertThat(sockets.stream().filter(FakeSocket::isOpen)).hasSize(4);
    assertThat(outcomes.told()).hasSize(6);
  }

  @Test
  void aServerMayRefuseAValueThatIsStillBeingSent() {
    Upload upload = begin("set k 0 0 10\r\n");
    FakeSocket socket = server.accept();
    value(upload, "abc");

    socket.receive("SERVER_ERROR object too large for cache\r\n");

    assertThat(outcomes.told()).containsExactly("0 SERVER_ERROR object too large for cache/");
    assertThat(upload.isWanted()).isFalse();
    assertThat(socket.isOpen()).isFalse();
    assertThat(server.server().status().failuresInARow()).isZero();
  }

  @Test
  void errorMayMeanThatTheValueWasTakenForCommands() {
    Upload upload = begin("set k 0 0 1\r\n");
    FakeSocket socket = server.accept();
    value(upload, "a");
    upload.end();
    loop.turn();

    socket.receive("ERROR\r\n");

    assertThat(outcomes.told()).containsExactly("0 ERROR/");
    assertThat(socket.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DELETED\r\n", "STORED\n", "\n", "\r\n", "STORED\r\nSTORED\r\n", "STORED\r\nE"})
  void aReplyOfAnotherKindEndsTheConnection(String reply) {
    Upload upload = begin("set k 0 0 1\r\n");
    FakeSocket socket = server.accept();
    value(upload, "a");
    upload.end();
    loop.turn();

    socket.receive(reply);

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aLineWithoutEndEndsTheConnection() {
    Upload upload = begin("set k 0 0 1\r\n");
    FakeSocket socket = server.accept();
    value(upload, "a");

    for (int i = 0; i < 100; i++) {
      socket.receive("x".repeat(100));
    }

    assertThat(outcomes.told()).containsExactly("0 INVALID_REPLY");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void whatNobodyAskedForEndsAnIdleConnection() {
    FakeSocket socket = store();

    socket.receive("STORED\r\n");

    assertThat(socket.isOpen()).isFalse();
    begin("set k 0 0 1\r\n");
    assertThat(server.attempts()).isEqualTo(1);
  }

  @Test
  void aConnectionThatTheServerClosedIsNotUsedAgain() {
    store().disconnectByPeer();

    begin("set k 0 0 1\r\n");

    assertThat(server.attempts()).isEqualTo(1);
    assertThat(server.server().status().failuresInARow()).isZero();
  }

  @Test
  void anAbandonedValueIsNotStoredAndNobodyIsTold() {
    Upload upload = begin("set k 0 0 10\r\n");
    FakeSocket socket = server.accept();
    value(upload, "abc");

    upload.abort();
    loop.turn();

    assertThat(socket.isOpen()).isFalse();
    assertThat(outcomes.told()).isEmpty();
  }

  @Test
  void whoeverWaitsIsToldWhenTheConnectionFails() {
    begin("set k 0 0 10\r\n");
    server.accept().disconnectByPeer();
    assertThat(outcomes.told()).containsExactly("0 LOST");

    outcomes.forget();
    begin("set k 0 0 10\r\n");
    server.refuse();
    assertThat(outcomes.told()).containsExactly("0 CONNECT_FAILED");

    outcomes.forget();
    begin("set k 0 0 10\r\n");
    server.server().close();
    assertThat(outcomes.told()).containsExactly("0 STOPPING");
    loop.turn();
  }

  @Test
  void anEjectedServerIsNotConnectedTo() {
    while (server.server().isUp()) {
      server.server().availability().onFailed(Failure.LOST);
    }

    assertThat(server.upload(outcomes, "set k 0 0 10\r\n", () -> rooms++)).isNull();

    assertThat(outcomes.told()).containsExactly("0 EJECTED");
    assertThat(server.attempts()).isZero();
    assertThat(server.count(Counter.IN_FLIGHT)).isZero();
  }

  @Test
  void timeIsCountedFromTheEndOfTheValue() {
    Upload upload = begin("set k 0 0 1\r\n");
    FakeSocket socket = server.accept();
    value(upload, "a");
    server.timePasses(FakeServer.TIMEOUT.multipliedBy(2));
    assertThat(outcomes.told()).isEmpty();
    upload.end();
    loop.turn();

    server.timePasses(FakeServer.TIMEOUT.plusSeconds(1));

    assertThat(outcomes.told()).containsExactly("0 TIMEOUT");
    assertThat(socket.isOpen()).isFalse();
    assertThat(server.server().status().failuresInARow()).isEqualTo(1);
  }

  @Test
  void aServerThatDoesNotReadHoldsTheValueBackUntilItDoes() {
    Upload upload = begin("set k 0 0 1000000\r\n");
    FakeSocket socket = server.accept();
    socket.takesOnly(0);
    value(upload, "v".repeat(60_000));
    loop.turn();
    assertThat(upload.hasRoom()).isTrue();
    value(upload, "v".repeat(60_000));
    loop.turn();
    assertThat(upload.hasRoom()).isFalse();
    assertThat(rooms).isZero();

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(rooms).isEqualTo(1);
    assertThat(upload.hasRoom()).isTrue();
    assertThat(socket.sent()).hasSize(19 + 120_000);
  }

  @Test
  void aServerThatNeverReadsTimesOut() {
    Upload upload = begin("set k 0 0 1000000\r\n");
    server.accept().takesOnly(0);
    value(upload, "v".repeat(100_000));
    loop.turn();
    assertThat(upload.hasRoom()).isFalse();

    server.timePasses(FakeServer.TIMEOUT.plusSeconds(1));

    assertThat(outcomes.told()).containsExactly("0 TIMEOUT");
    assertThat(server.count(Counter.IN_FLIGHT)).isZero();
  }

  private FakeSocket store() {
    Upload upload = begin("set k 0 0 1\r\n");
    FakeSocket socket = server.accept();
    value(upload, "a");
    upload.end();
    loop.turn();
    socket.receive("STORED\r\n");
    assertThat(outcomes.told()).containsExactly("0 STORED/");
    outcomes.forget();
    socket.sent();
    return socket;
  }

  private Upload begin(String line) {
    return requireNonNull(server.upload(outcomes, line, () -> rooms++));
  }

  private static void value(Upload upload, String text) {
    ByteBuf in = Wire.buffer(text);
    upload.value(in, 0, text.length());
  }
}
