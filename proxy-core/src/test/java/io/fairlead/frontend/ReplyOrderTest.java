package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.fairlead.backend.Failure;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers answer in any order; a client is answered in the order of its requests and keys. */
@ExtendWith(NoLeaks.class)
class ReplyOrderTest {
  @RegisterExtension final TestLoop loop = new TestLoop();
  @RegisterExtension final Seeded seeded = new Seeded();

  private final FakeClients clients = new FakeClients(loop);
  private final FakeSocket socket = clients.connect();
  private final FakeRoute route = clients.route;

  /** It ends this client, and nothing that was kept for it stays. */
  @Test
  void aReplyThatCannotBeWrittenEndsAllBehindItToo() {
    loop.letNoBufferGrow();
    route.waitToAnswer();
    String key = "k".repeat(240);
    socket.receive(("get " + key + "\r\n").repeat(20));

    while (route.waiting() > 0) {
      route.answer(route.waiting() - 1);
    }
    loop.turn();

    assertThat(socket.isOpen()).isFalse();
    assertThat(loop.proxy().stats().get(Counter.BUFFERED_BYTES)).isZero();
    assertThat(clients.connect().isOpen()).isTrue();
  }

  @RepeatedTest(50)
  void anyOrderOfAnswersGivesTheSameReplies() {
    route.waitToAnswer();
    socket.receive(
        String.join(
            "\r\n",
            "get a missing b",
            "set k 0 0 1",
            "x",
            "version",
            "get c",
            "incr n 1",
            "mn",
            "gets d fails e d",
            "foo",
            "delete k noreply",
            "touch fails 1",
            "md k q",
            "mn",
            ""));

    while (route.waiting() > 0) {
      route.answer(seeded.random().nextInt(route.waiting()));
      if (seeded.random().nextBoolean() || route.waiting() == 0) {
        loop.turn();
      }
    }

    assertThat(socket.sent())
        .isEqualTo(
            value("a")
                + value("b")
                + "END\r\nSTORED\r\nVERSION 1.6.18\r\n"
                + value("c")
                + "END\r\n42\r\nMN\r\n"
                + cas("d")
                + cas("e")
                + cas("d")
                + "END\r\nERROR\r\nSERVER_ERROR server closed the connection\r\nMN\r\n");
    assertThat(loop.proxy().stats().get(Counter.PARTIAL_GETS)).isEqualTo(1);
    assertThat(loop.proxy().stats().get(Counter.GET_HITS)).isEqualTo(6);
    assertThat(loop.proxy().stats().get(Counter.GET_MISSES)).isEqualTo(1);
    assertThat(loop.proxy().stats().get(Counter.GET_FAILED)).isEqualTo(1);
  }

  @Test
  void aReplyIsSentAsSoonAsItIsCompleteAndItsTurn() {
    route.waitToAnswer();
    socket.receive("get a b\r\nget c d\r\nmn\r\n");

    route.answer(2);
    route.answer(2);
    loop.turn();
    assertThat(socket.sent()).isEmpty();

    route.answer(1);
    route.answer(0);
    loop.turn();
    assertThat(socket.sent())
        .isEqualTo(value("a") + value("b") + "END\r\n" + value("c") + value("d") + "END\r\nMN\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "get fails, true",
    "get fail1 fail2, true",
    "get a fails, false",
  })
  void oneErrorLineWhenEveryKeyFailed(String line, boolean error) {
    socket.receive(line + "\r\n");

    assertThat(socket.sent())
        .isEqualTo(
            error ? "SERVER_ERROR server closed the connection\r\n" : value("a") + "END\r\n");
  }

  @Test
  void oneErrorLineWhenAnyKeyFailedWhereThatIsAskedFor() {
    FakeClients strict = new FakeClients(loop, MultigetFailure.ERROR, Set.of());
    FakeSocket client = strict.connect();

    client.receive("get a fails b\r\nget a b\r\n");

    assertThat(client.sent())
        .isEqualTo(
            "SERVER_ERROR server closed the connection\r\n" + value("a") + value("b") + "END\r\n");
  }

  @Test
  void anErrorOfTheServerIsTheReplyForASingleKeyOnly() {
    route.waitToAnswer();
    socket.receive("get error1\r\nget a error2\r\n");
    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo("SERVER_ERROR of error1\r\n" + value("a") + "END\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get error1", "get  error1 ", "gets error1 ", "gat 5 error1"})
  void anErrorThatComesAtOnceIsTheReplyForASingleKeyToo(String line) {
    socket.receive(line + "\r\n" + line + " error2\r\n");
    socket.receive(line);
    socket.receive("\r\nmn\r\n");

    assertThat(socket.sent()).isEqualTo("SERVER_ERROR of error1\r\n".repeat(3) + "MN\r\n");
  }

  @Test
  void anErrorOfTheServerIsNoHit() {
    route.waitToAnswer();
    socket.receive("get error1\r\n");
    clients.answerEverything();

    assertThat(loop.proxy().stats().get(Counter.GET_HITS)).isZero();
    assertThat(loop.proxy().stats().get(Counter.GET_FAILED)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mg k q            | EN | false
          mg k q            | HD | true
          mg k v q          | VA | true
          mg k              | EN | true
          md k q            | HD | false
          md k q            | NF | true
          ma k q            | HD | false
          ma k v q          | VA | false
          ma k q            | NF | true
          ma k q            | NS | true
          md k q            | CLIENT_ERROR | true
          me k q            | EN | true
          delete k noreply  | DELETED | false
          delete k noreply  | SERVER_ERROR | false
          """)
  void quietRequestsAreToldOnlyWhatTheyDidNotExpect(String line, ReplyCode code, boolean told) {
    ClientConnection client = clients.accept();
    FakeSocket other = loop.open(client);
    ClientRequest request = client.replies().add();
    request.beginSingle(
        Verb.valueOf(line.substring(0, line.indexOf(' ')).toUpperCase(Locale.ROOT)),
        line.endsWith(" q") || line.endsWith("noreply"));
    if (request.isForValue()) {
      client.allowance().onAsked();
    }
    String reply = code.name() + " x\r\n";

    request.intake().onReply(0, code, Wire.buffer(reply), 0, reply.length(), true);
    loop.turn();

    assertThat(other.sent()).isEqualTo(told ? reply : "");
  }

  @Test
  void aValueIsPassedOnWhileItArrivesWhenItIsItsTurn() {
    ClientConnection client = clients.accept();
    FakeSocket other = loop.open(client);
    ClientRequest first = client.replies().add();
    first.beginRetrieval(Verb.GET, 0);
    ask(client, first);
    ask(client, first);
    first.seal();
    assertThat(first.intake().relays(0)).isTrue();
    assertThat(first.intake().relays(1)).isFalse();

    String value = "VALUE a 0 50000\r\n" + "v".repeat(50_000) + "\r\n";
    first.intake().onReply(0, ReplyCode.VALUE, Wire.buffer(value), 0, 20_000, false);
    loop.turn();
    assertThat(other.sent()).isEqualTo(value.substring(0, 20_000));
    String second = "VALUE b 0 1\r\nx\r\n";
    first.intake().onReply(1, ReplyCode.VALUE, Wire.buffer(second), 0, second.length(), true);
    loop.turn();
    assertThat(other.sent()).isEmpty();

    first
        .intake()
        .onReply(0, ReplyCode.VALUE, Wire.buffer(value), 20_000, value.length() - 20_000, true);
    loop.turn();
    assertThat(other.sent()).isEqualTo(value.substring(20_000) + second + "END\r\n");
  }

  @Test
  void halfAValueEndsTheConnectionBecauseNothingCanFollowIt() {
    ClientConnection client = clients.accept();
    FakeSocket other = loop.open(client);
    ClientRequest first = client.replies().add();
    first.beginRetrieval(Verb.GET, 0);
    ask(client, first);
    first.seal();
    first.intake().onReply(0, ReplyCode.VALUE, Wire.buffer("VALUE a 0 4\r\nab"), 0, 15, false);

    first.intake().onFailure(0, Failure.LOST);
    loop.turn();

    assertThat(other.isOpen()).isFalse();
  }

  @Test
  void halfAValueEndsTheConnectionWhateverElseHasComeMeanwhile() {
    ClientConnection client = clients.accept();
    FakeSocket other = loop.open(client);
    ClientRequest first = client.replies().add();
    first.beginRetrieval(Verb.GET, 0);
    ask(client, first);
    ask(client, first);
    first.seal();
    first.intake().onReply(0, ReplyCode.VALUE, Wire.buffer("VALUE a 0 4\r\nab"), 0, 15, false);
    String second = "VALUE b 0 1\r\nx\r\n";
    first.intake().onReply(1, ReplyCode.VALUE, Wire.buffer(second), 0, second.length(), true);

    first.intake().onFailure(0, Failure.LOST);
    loop.turn();

    assertThat(other.isOpen()).isFalse();
    assertThat(other.sent()).doesNotContain("VALUE b", "END");
  }

  @Test
  void aValueThatIsBeingPassedOnIsNotDroppedForOnesThatComeWhole() {
    ClientConnection client = clients.accept();
    FakeSocket other = loop.open(client);
    other.takesOnly(0);
    ClientRequest first = client.replies().add();
    first.beginRetrieval(Verb.GET, 0);
    ask(client, first);
    ask(client, first);
    first.seal();
    int most = FakeClients.LIMITS.clientBufferBytes();
    String value = "VALUE a 0 " + 2 * most + "\r\n" + "v".repeat(2 * most) + "\r\n";
    first.intake().onReply(0, ReplyCode.VALUE, Wire.buffer(value), 0, most + 9, false);
    String second = "VALUE b 0 1\r\nx\r\n";
    first.intake().onReply(1, ReplyCode.VALUE, Wire.buffer(second), 0, second.length(), true);

    int rest = value.length() - most - 9;
    first.intake().onReply(0, ReplyCode.VALUE, Wire.buffer(value), most + 9, rest, true);
    other.takesMore(Integer.MAX_VALUE);
    loop.turn();
    clients.answerEverything(); // the other value has found no room, and is asked for again

    assertThat(other.sent()).isEqualTo(value + FakeRoute.value("b", Verb.GET) + "END\r\n");
  }

  @Test
  void aClientThatIsGoneIsAnsweredInVain() {
    route.waitToAnswer();
    socket.receive("get a b\r\nset k 0 0 1\r\nx\r\n");

    socket.disconnectByPeer();
    clients.answerEverything();

    assertThat(socket.sent()).isEmpty();
    assertThat(clients.clients.count()).isZero();
  }

  @Test
  void whatWasAskedBeforeTheInputEndedIsStillAnswered() {
    route.waitToAnswer();
    socket.receive("get a\r\ndelete k\r\nget ");
    socket.endInput();
    assertThat(socket.isOpen()).isTrue();

    clients.answerEverything();

    assertThat(socket.sent()).isEqualTo(value("a") + "END\r\nNOT_FOUND\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  private static void ask(ClientConnection client, ClientRequest request) {
    request.addSlot();
    client.allowance().onAsked();
  }

  private static String value(String key) {
    return FakeRoute.value(key, Verb.GET);
  }

  private static String cas(String key) {
    return FakeRoute.value(key, Verb.GETS);
  }
}
