package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Verb;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class CoalescedGetsTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop);
  private final Outcomes one = new Outcomes();
  private final Outcomes other = new Outcomes();
  private final FakeSocket socket = connect();

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  @Test
  void getsThatLeaveInOneTurnShareALine() {
    server.get(one, 0, "a", "b");
    server.get(other, 0, "c");
    loop.turn();
    server.get(other, 1, "d");
    loop.turn();
    assertThat(socket.sent()).isEqualTo("get a b c\r\nget d\r\n");
    assertThat(server.count(Counter.COALESCED_KEYS)).isEqualTo(3);
    assertThat(server.count(Counter.SERVER_REQUESTS)).isEqualTo(2);

    socket.receive("VALUE b 0 1\r\nB\r\nVALUE c 0 1\r\nC\r\nEND\r\nEND\r\n");

    assertThat(one.told()).containsExactly("0 miss", "1 VALUE b 0 1/B/");
    assertThat(other.told()).containsExactly("0 VALUE c 0 1/C/", "1 miss");
  }

  @Test
  void anEqualKeyIsAskedOnce() {
    server.get(one, 0, "a", "b", "a");
    server.get(other, 0, "a", "c", "b");
    loop.turn();
    assertThat(socket.sent()).isEqualTo("get a b c\r\n");
    assertThat(server.count(Counter.SHARED_KEYS)).isEqualTo(3);

    socket.receive("VALUE a 0 1\r\nA\r\nEND\r\n");

    assertThat(one.told())
        .containsExactlyInAnyOrder("0 VALUE a 0 1/A/", "2 VALUE a 0 1/A/", "1 miss");
    assertThat(other.told()).containsExactlyInAnyOrder("0 VALUE a 0 1/A/", "1 miss", "2 miss");
  }

  @Test
  void aKeyAskedByMoreThanOneIsNotPassedOnPieceByPiece() {
    Outcomes relaying = new Outcomes(true);
    server.get(relaying, 0, "a", "a");
    loop.turn();
    String value = "v".repeat(100_000);

    socket.receive("VALUE a 0 100000\r\n" + value.substring(0, 50_000));
    socket.receive(value.substring(50_000) + "\r\nEND\r\n");

    assertThat(relaying.pieces()).isZero();
    assertThat(relaying.told()).hasSize(2);
  }

  @Test
  void otherRetrievalsOfDifferentClientsTravelAlone() {
    server.retrieve(Verb.GETS, 0, one, 0, "a", "b");
    server.retrieve(Verb.GETS, 0, other, 0, "a");
    server.retrieve(Verb.GAT, 5, one, 2, "a", "b");
    server.retrieve(Verb.GAT, 6, one, 4, "a");
    server.retrieve(Verb.GATS, 6, one, 5, "a");
    loop.turn();

    assertThat(socket.sent())
        .isEqualTo("gets a b\r\ngets a\r\ngat 5 a b\r\ngat 6 a\r\ngats 6 a\r\n");
    socket.receive("END\r\n".repeat(5));
  }

  @Test
  void requestsStayInTheirOrder() {
    server.get(one, 0, "a");
    server.send(one, 1, "set a 0 0 1\r\nx\r\n");
    server.get(one, 2, "a");
    server.get(other, 0, "a");
    loop.turn();

    assertThat(socket.sent()).isEqualTo("get a\r\nset a 0 0 1\r\nx\r\nget a\r\n");
    socket.receive("END\r\nSTORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n");
    assertThat(one.told()).containsExactly("0 miss", "1 STORED/", "2 VALUE a 0 1/x/");
    assertThat(other.told()).containsExactly("0 VALUE a 0 1/x/");
  }

  @Test
  void aBatchCanBeEndedEarly() {
    server.get(one, 0, "a");
    server.server().endBatch(0);
    server.get(other, 0, "b");
    loop.turn();

    assertThat(socket.sent()).isEqualTo("get a\r\nget b\r\n");
    socket.receive("END\r\nEND\r\n");
  }

  @Test
  void manyKeysBecomeSeveralLines() {
    String[] keys = IntStream.range(0, 300).mapToObj(i -> "key" + i).toArray(String[]::new);
    server.get(one, 0, keys);
    loop.turn();

    assertThat(socket.sent().lines().map(line -> line.split(" ", -1).length - 1))
        .containsExactly(128, 128, 44);
    socket.receive("END\r\nVALUE key128 0 0\r\n\r\nEND\r\nEND\r\n");
    assertThat(one.told()).hasSize(300).contains("127 miss", "128 VALUE key128 0 0//", "299 miss");
  }

  @Test
  void anErrorInPlaceOfEndIsNotForThoseWhoHaveTheirValue() {
    server.get(one, 0, "a", "b");
    server.get(other, 0, "c");
    loop.turn();
    socket.sent();

    socket.receive("VALUE a 0 1\r\nA\r\nSERVER_ERROR out of memory writing get response\r\n");

    assertThat(one.told()).containsExactly("0 VALUE a 0 1/A/");
    assertThat(socket.sent()).isEqualTo("get b\r\nget c\r\n");
    socket.receive("SERVER_ERROR still\r\nVALUE c 0 1\r\nC\r\nEND\r\n");
    assertThat(one.told()).containsExactly("1 SERVER_ERROR still/");
    assertThat(other.told()).containsExactly("0 VALUE c 0 1/C/");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void everyoneWhoSharedARefusedKeyIsToldTheSecondOutcome() {
    server.get(one, 0, "a", "b");
    server.get(other, 0, "b", "a");
    loop.turn();
    socket.sent();

    socket.receive("SERVER_ERROR x\r\n");
    assertThat(socket.sent()).isEqualTo("get a\r\nget b\r\n");
    socket.receive("SERVER_ERROR y\r\nEND\r\n");

    assertThat(one.told()).containsExactly("0 SERVER_ERROR y/", "1 miss");
    assertThat(other.told()).containsExactly("1 SERVER_ERROR y/", "0 miss");
  }

  /** Asked again behind a write of the same client, it would be told what was written. */
  @Test
  void aRefusedKeyOfAClientThatHasWrittenSinceIsNotAskedAgain() {
    server.get(one, 0, "a");
    server.get(other, 0, "a", "b");
    one.write();
    loop.turn();
    socket.sent();

    socket.receive("SERVER_ERROR x\r\n");
    assertThat(socket.sent()).isEqualTo("get b\r\n");
    socket.receive("END\r\n");

    assertThat(one.told()).containsExactly("0 SERVER_ERROR x/");
    assertThat(other.told()).containsExactly("0 SERVER_ERROR x/", "1 miss");
  }

  @Test
  void whatIsAskedAgainLeavesTheOthersInOrder() {
    server.get(one, 0, "a", "b");
    loop.turn();
    server.send(other, 0, "delete k\r\n");
    server.get(other, 1, "c");
    loop.turn();
    socket.sent();

    socket.receive("SERVER_ERROR x\r\nDELETED\r\n");
    assertThat(socket.sent()).isEqualTo("get a\r\nget b\r\n");
    socket.receive("END\r\nEND\r\nVALUE b 0 1\r\nB\r\nEND\r\n");

    assertThat(other.told()).containsExactly("0 DELETED/", "1 miss");
    assertThat(one.told()).containsExactly("0 miss", "1 VALUE b 0 1/B/");
  }

  @Test
  void anErrorForASingleKeyIsItsReply() {
    server.get(one, 0, "a");
    loop.turn();

    socket.receive("SERVER_ERROR x\r\n");

    assertThat(one.told()).containsExactly("0 SERVER_ERROR x/");
    assertThat(server.count(Counter.RETRIES)).isZero();
  }

  @Test
  void aKeyThatBeginsAnotherIsNotTakenForIt() {
    server.get(one, 0, "a", "ab", "abc");
    loop.turn();

    socket.receive("VALUE abc 0 1\r\n3\r\nEND\r\n");

    assertThat(one.told()).containsExactly("0 miss", "1 miss", "2 VALUE abc 0 1/3/");
  }
}
