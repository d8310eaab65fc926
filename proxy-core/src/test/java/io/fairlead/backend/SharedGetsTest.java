package io.fairlead.backend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.Verb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gets of one key in different turns, which the server gets one of. */
@ExtendWith(NoLeaks.class)
class SharedGetsTest {
  private static final String VALUE = "VALUE a 0 1\r\nA\r\nEND\r\n";

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server =
      new FakeServer(loop, pool -> pool.shareGets(true).connections(2));
  private final Outcomes one = new Outcomes();
  private final Outcomes other = new Outcomes();
  private final FakeSocket socket = connect();
  private final FakeSocket secondLane = server.accept();

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  private void getInATurnOfItsOwn(ReplySink client, int slot, String... keys) {
    server.get(client, slot, keys);
    loop.turn();
  }

  @Test
  void aThousandGetsAreOne() {
    List<Outcomes> clients = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Outcomes client = new Outcomes();
      clients.add(client);
      getInATurnOfItsOwn(client, 0, "a");
    }

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    assertThat(server.count(Counter.SHARED_KEYS)).isEqualTo(999);
    socket.receive(VALUE);
    assertThat(clients)
        .allSatisfy(client -> assertThat(client.told()).containsExactly("0 VALUE a 0 1/A/"));

    getInATurnOfItsOwn(one, 0, "a");
    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\n");
    assertThat(one.told()).containsExactly("0 miss");
  }

  @Test
  void keysOfAMultiGetJoinWhatIsUnderWayAndTheOthersAreAsked() {
    getInATurnOfItsOwn(one, 0, "a", "b");
    getInATurnOfItsOwn(other, 0, "b", "c", "a");

    assertThat(socket.sent()).isEqualTo("get a b\r\nget c\r\n");
    socket.receive(VALUE);
    assertThat(one.told()).containsExactlyInAnyOrder("0 VALUE a 0 1/A/", "1 miss");
    assertThat(other.told()).containsExactlyInAnyOrder("2 VALUE a 0 1/A/", "0 miss");
    socket.receive("END\r\n");
    assertThat(other.told()).containsExactly("1 miss");
  }

  @Test
  void aGetThatHasItsValueButNotItsEndIsNotJoined() {
    getInATurnOfItsOwn(one, 0, "a");
    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("VALUE a 0 1\r\nA\r\n");

    getInATurnOfItsOwn(other, 0, "a");

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\nVALUE a 0 1\r\nB\r\nEND\r\n");
    assertThat(other.told()).containsExactly("0 VALUE a 0 1/B/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a 0 0 1\r\nx\r\n",
        "delete a\r\n",
        "incr a 1\r\n",
        "touch a 1\r\n",
        "ms a 1\r\nx\r\n",
        "ms YQ== 1 b\r\nx\r\n",
        "md a q\r\n",
        "ma a\r\n",
        "mg a N30 v\r\n",
        "flush_all\r\n"
      })
  void nobodyJoinsAcrossAWriteOfAnyClient(String write) {
    getInATurnOfItsOwn(one, 0, "a");
    server.send(other, 0, write);
    loop.turn();
    socket.sent();

    getInATurnOfItsOwn(one, 1, "a");

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\n" + reply(write) + VALUE);
    assertThat(one.told()).containsExactly("0 miss", "1 VALUE a 0 1/A/");
  }

  private static String reply(String write) {
    return switch (write.substring(0, 2)) {
      case "se" -> "STORED\r\n";
      case "de" -> "DELETED\r\n";
      case "in" -> "NOT_FOUND\r\n";
      case "to" -> "TOUCHED\r\n";
      case "fl" -> "OK\r\n";
      default -> "HD\r\n";
    };
  }

  @Test
  void aWriteOnAnotherConnectionEndsTheSharing() {
    server.send(1, other, 0, "set a 0 0 1\r\nx\r\n");
    getInATurnOfItsOwn(one, 0, "a");
    secondLane.receive("STORED\r\n");
    assertThat(other.told()).containsExactly("0 STORED/");
    assertThat(socket.sent()).isEqualTo("get a\r\n");

    getInATurnOfItsOwn(one, 1, "a");

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\n" + VALUE);
    assertThat(one.told()).containsExactly("0 miss", "1 VALUE a 0 1/A/");
  }

  @Test
  void aLargeValueThatIsStoredEndsTheSharing() {
    Upload upload = requireNonNull(server.upload(other, "set a 0 0 1\r\n", () -> {}));
    FakeSocket third = server.accept();
    getInATurnOfItsOwn(one, 0, "a");
    upload.value(Wire.buffer("x"), 0, 1);
    upload.end();
    loop.turn();
    third.receive("STORED\r\n");
    socket.sent();

    getInATurnOfItsOwn(one, 1, "a");
    getInATurnOfItsOwn(other, 1, "a");

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\n" + VALUE);
  }

  @Test
  void aRetrievalThatTouchesIsAWrite() {
    getInATurnOfItsOwn(one, 0, "a");
    server.retrieve(Verb.GAT, -1, other, 0, "a");
    loop.turn();
    getInATurnOfItsOwn(one, 1, "a");

    assertThat(socket.sent()).isEqualTo("get a\r\ngat -1 a\r\nget a\r\n");
    socket.receive(VALUE + VALUE + "END\r\n");
    assertThat(one.told()).containsExactly("0 VALUE a 0 1/A/", "1 miss");
  }

  @ParameterizedTest
  @CsvSource({"'delete b\r\n', 'DELETED\r\n'", "'mg a v\r\n', 'EN\r\n'", "'me a\r\n', 'EN\r\n'"})
  void readsAndWritesOfOtherKeysEndNothing(String request, String reply) {
    getInATurnOfItsOwn(one, 0, "a");
    server.send(other, 0, request);
    loop.turn();
    socket.sent();

    getInATurnOfItsOwn(one, 1, "a");

    assertThat(socket.sent()).isEmpty();
    socket.receive(VALUE + reply);
    assertThat(one.told()).containsExactly("0 VALUE a 0 1/A/", "1 VALUE a 0 1/A/");
  }

  @Test
  void aDeleteThatARouteHasWrittenEndsTheSharing() {
    getInATurnOfItsOwn(one, 0, "a");
    server.server().sendOwned(Wire.buffer("delete a\r\n"), ReplyShape.DELETE, other, 0, 1);
    loop.turn();
    secondLane.receive("DELETED\r\n");
    socket.sent();

    getInATurnOfItsOwn(one, 1, "a");

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\n" + VALUE);
  }

  @Test
  void aWriteThatFailsDoesNotEndTheSharingForGood() {
    server.send(1, other, 0, "set a 0 0 1\r\nx\r\n");
    loop.turn();
    secondLane.disconnectByPeer();
    assertThat(other.told()).containsExactly("0 LOST");

    getInATurnOfItsOwn(one, 0, "a");
    getInATurnOfItsOwn(one, 1, "a");

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive(VALUE);
  }

  @Test
  void getsOfDifferentConnectionsStayApart() {
    server.retrieve(0, Verb.GET, 0, one, 0, "a");
    loop.turn();
    server.retrieve(1, Verb.GET, 0, other, 0, "a");
    loop.turn();

    assertThat(socket.sent()).isEqualTo("get a\r\n");
    assertThat(secondLane.sent()).isEqualTo("get a\r\n");
    socket.receive("END\r\n");
    secondLane.receive("END\r\n");
  }

  @Test
  void retrievalsWithACasUniqueAreNotShared() {
    server.retrieve(Verb.GETS, 0, one, 0, "a");
    loop.turn();
    server.retrieve(Verb.GETS, 0, other, 0, "a");
    getInATurnOfItsOwn(other, 1, "a");

    assertThat(socket.sent()).isEqualTo("gets a\r\ngets a\r\nget a\r\n");
    socket.receive("END\r\nEND\r\nEND\r\n");
  }

  @Test
  void aGetThatHasWaitedForLongIsNotJoinedAndNobodyFailsBeforeItsTime() {
    getInATurnOfItsOwn(one, 0, "a");
    server.timePasses(FakeServer.TIMEOUT.dividedBy(8).plusSeconds(1));
    getInATurnOfItsOwn(other, 0, "a");
    assertThat(socket.sent()).isEqualTo("get a\r\nget a\r\n");

    server.timePasses(FakeServer.TIMEOUT.multipliedBy(7).dividedBy(8));

    assertThat(one.told()).containsExactly("0 TIMEOUT");
    assertThat(other.told()).isEmpty();
    socket.receive("END\r\n" + VALUE);
    assertThat(other.told()).containsExactly("0 VALUE a 0 1/A/");
  }

  @Test
  void allWhoShareAGetAreAnsweredAfterItsConnectionWasLost() {
    getInATurnOfItsOwn(one, 0, "a");
    getInATurnOfItsOwn(other, 0, "a");
    socket.disconnectByPeer();

    FakeSocket again = server.accept();
    getInATurnOfItsOwn(other, 1, "a");
    assertThat(again.sent()).startsWith("get a\r\n");
    again.receive(VALUE + VALUE);

    assertThat(one.told()).containsExactly("0 VALUE a 0 1/A/");
    assertThat(other.told()).containsExactly("0 VALUE a 0 1/A/", "1 VALUE a 0 1/A/");
  }

  @Test
  void anErrorIsForAllWhoShareIt() {
    getInATurnOfItsOwn(one, 0, "a", "b");
    getInATurnOfItsOwn(other, 0, "a");
    socket.sent();
    socket.receive("SERVER_ERROR x\r\n");
    assertThat(socket.sent()).isEqualTo("get a\r\nget b\r\n");

    socket.receive("SERVER_ERROR y\r\nEND\r\n");

    assertThat(one.told()).containsExactly("0 SERVER_ERROR y/", "1 miss");
    assertThat(other.told()).containsExactly("0 SERVER_ERROR y/");
  }

  @Test
  void aLargeValueIsSharedByAsManyAsMayHaveACopyOfIt() {
    List<Outcomes> clients = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Outcomes client = new Outcomes(true);
      clients.add(client);
      getInATurnOfItsOwn(client, 0, "a");
    }
    assertThat(socket.sent()).isEqualTo("get a\r\n");
    int length = 100 << 10; // ten of them are a mebibyte
    String value = "VALUE a 0 " + length + "\r\n" + "v".repeat(length) + "\r\nEND\r\n";

    socket.receive(value.substring(0, 50_000));
    getInATurnOfItsOwn(one, 0, "a");
    assertThat(socket.sent()).isEqualTo("get a\r\nget a\r\nget a\r\n");
    socket.receive(value.substring(50_000));
    assertThat(clients.stream().filter(client -> !client.told().isEmpty()).count()).isEqualTo(10);

    socket.receive(value + value + value);
    assertThat(one.told()).hasSize(1);
    assertThat(clients.stream().filter(client -> !client.told().isEmpty()).count()).isEqualTo(15);
  }

  /** Each of those who may have no copy asks again, until there is no memory for one more. */
  @Test
  void whoWouldAskAgainOnAConnectionThatAFaultHasClosedFails() {
    loop.letNoBufferGrow();
    String key = "k".repeat(200);
    List<Outcomes> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Outcomes client = new Outcomes();
      clients.add(client);
      getInATurnOfItsOwn(client, 0, key);
    }

    socket.receive("VALUE " + key + " 0 1048576\r\n" + "v".repeat(50_000));

    assertThat(socket.isOpen()).isFalse();
    List<String> told = clients.stream().flatMap(client -> client.told().stream()).toList();
    assertThat(told).hasSize(20).containsOnly("0 OVERLOADED", "0 LOST").contains("0 LOST");
  }

  @Test
  void aLargeValueThatIsOnItsWayIsNotJoined() {
    Outcomes relaying = new Outcomes(true);
    getInATurnOfItsOwn(relaying, 0, "a");
    socket.receive("VALUE a 0 50000\r\n" + "v".repeat(20_000));
    assertThat(relaying.pieces()).isPositive();
    socket.sent();

    getInATurnOfItsOwn(one, 0, "a");
    assertThat(socket.sent()).isEqualTo("get a\r\n");
    socket.receive("v".repeat(30_000) + "\r\nEND\r\n" + VALUE);

    assertThat(relaying.told()).hasSize(1);
    assertThat(one.told()).containsExactly("0 VALUE a 0 1/A/");
  }
}
