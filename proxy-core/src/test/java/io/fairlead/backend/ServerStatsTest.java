package io.fairlead.backend;

import static io.fairlead.metrics.ServerCounter.IN_QUEUE;
import static io.fairlead.metrics.ServerCounter.IN_QUEUE_BYTES;
import static io.fairlead.metrics.ServerCounter.OUT_QUEUE;
import static io.fairlead.metrics.ServerCounter.OUT_QUEUE_BYTES;
import static io.fairlead.metrics.ServerCounter.REQUESTS;
import static io.fairlead.metrics.ServerCounter.REQUEST_BYTES;
import static io.fairlead.metrics.ServerCounter.RESPONSES;
import static io.fairlead.metrics.ServerCounter.RESPONSE_BYTES;
import static io.fairlead.metrics.ServerCounter.SERVER_CONNECTIONS;
import static io.fairlead.metrics.ServerCounter.SERVER_EJECTED_AT;
import static io.fairlead.metrics.ServerCounter.SERVER_EOF;
import static io.fairlead.metrics.ServerCounter.SERVER_ERR;
import static io.fairlead.metrics.ServerCounter.SERVER_TIMEDOUT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.LatencySnapshot;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.protocol.Verb;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class ServerStatsTest {
  private static final Duration TOO_LONG = FakeServer.TIMEOUT.plusSeconds(1);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server =
      new FakeServer(
          loop,
          EjectSettings.with(WhileEjected.REHASH).failures(2).every(Duration.ofMinutes(9)).build());
  private final Outcomes outcomes = new Outcomes(true);

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  @Test
  void countsWhatIsSentAndWhatIsReceived() {
    FakeSocket socket = connect();
    server.get(outcomes, 0, "a", "b");
    server.send(outcomes, 2, "set k 0 0 3\r\nabc\r\n");
    server.send(outcomes, 3, "mg k v\r\n");
    loop.turn();
    String sent = socket.sent();
    assertThat(server.count(REQUESTS)).isEqualTo(3);
    assertThat(server.count(REQUEST_BYTES)).isEqualTo(sent.length());
    assertThat(server.count(RESPONSES)).isZero();

    String replies = "VALUE b 0 1\r\nx\r\nEND\r\nSTORED\r\nVA 1\r\nx\r\n";
    socket.receive(replies);

    assertThat(server.count(RESPONSES)).isEqualTo(3);
    assertThat(server.count(RESPONSE_BYTES)).isEqualTo(replies.length());
  }

  @Test
  void notesHowLongEachRequestTook() {
    FakeSocket socket = connect();
    server.get(outcomes, 0, "a", "b");
    server.send(outcomes, 2, "delete k\r\n");
    loop.turn();

    loop.advance(Duration.ofMillis(30));
    socket.receive("VALUE a 0 1\r\nx\r\nEND\r\n");
    loop.advance(Duration.ofMillis(20));
    socket.receive("DELETED\r\n");

    LatencySnapshot times = server.server().stats().times().snapshot();
    assertThat(times.count()).as("a multi-get is one request").isEqualTo(2);
    assertThat(times.sumNanos()).isEqualTo(Duration.ofMillis(80).toNanos());
    assertThat(times.countUpTo(Duration.ofMillis(40))).isEqualTo(1);
  }

  @Test
  void replyBytesAreCountedOnceHoweverTheyArrive() {
    FakeSocket socket = connect();
    server.get(outcomes, 0, "a");
    loop.turn();
    String reply = "VALUE a 0 3\r\nabc\r\nEND\r\n";

    for (int i = 0; i < reply.length(); i++) {
      socket.receive(reply.substring(i, i + 1));
    }

    assertThat(server.count(RESPONSES)).isEqualTo(1);
    assertThat(server.count(RESPONSE_BYTES)).isEqualTo(reply.length());
  }

  @Test
  void aLargeValueCountsAsSentAndAsOneReply() {
    FakeSocket socket = connect();
    String value = "v".repeat(20_000);
    server.send(outcomes, 0, "set k 0 0 20000\r\n" + value + "\r\n");
    server.get(outcomes, 1, "k");
    loop.turn();
    assertThat(server.count(REQUEST_BYTES)).isEqualTo(socket.sent().length());

    String replies = "STORED\r\nVALUE k 0 20000\r\n" + value + "\r\nEND\r\n";
    socket.receive(replies.substring(0, 10_000));
    socket.receive(replies.substring(10_000));

    assertThat(server.count(RESPONSES)).isEqualTo(2);
    assertThat(server.count(RESPONSE_BYTES)).isEqualTo(replies.length());
  }

  @Test
  void anUploadCountsAsARequestOfItsOwn() {
    Upload upload = requireNonNull(server.upload(outcomes, "set k 0 0 6\r\n", () -> {}));
    FakeSocket socket = server.accept();
    upload.value(Wire.buffer("abcdef"), 0, 6);
    assertThat(server.count(IN_QUEUE)).isEqualTo(1);
    upload.end();
    loop.turn();
    assertThat(server.count(OUT_QUEUE)).isEqualTo(1);
    assertThat(server.count(SERVER_CONNECTIONS)).isEqualTo(1);

    socket.receive("STORED\r\n");

    assertThat(server.count(OUT_QUEUE)).isZero();
    assertThat(server.count(REQUESTS)).isEqualTo(1);
    assertThat(server.count(REQUEST_BYTES)).isEqualTo(socket.sent().length());
    assertThat(server.count(RESPONSES)).isEqualTo(1);
    assertThat(server.count(RESPONSE_BYTES)).isEqualTo(8);
  }

  @Test
  void aValueThatIsNeverSentIsNoRequest() {
    var unused = server.upload(outcomes, "set k 0 0 6\r\n", () -> {});
    loop.turn();
    server.refuse();

    assertThat(outcomes.told()).containsExactly("0 CONNECT_FAILED");
    assertThat(server.count(REQUESTS)).isZero();
    assertThat(server.count(IN_QUEUE)).isZero();
  }

  @Test
  void showsWhatWaitsToBeSentAndWhatWaitsForItsReply() {
    server.get(outcomes, 0, "a", "bc");
    server.send(outcomes, 2, "set k 0 0 1\r\nx\r\n");
    server.retrieve(Verb.GAT, 100, outcomes, 3, "k");
    loop.turn();
    assertThat(server.count(IN_QUEUE)).isEqualTo(3);

    FakeSocket socket = server.accept();

    int bytes = socket.sent().length();
    assertThat(server.count(IN_QUEUE)).isZero();
    assertThat(server.count(IN_QUEUE_BYTES)).isZero();
    assertThat(server.count(OUT_QUEUE)).isEqualTo(3);
    assertThat(server.count(OUT_QUEUE_BYTES)).isEqualTo(bytes);

    socket.receive("END\r\nSTORED\r\nEND\r\n");
    assertThat(server.count(OUT_QUEUE)).isZero();
    assertThat(server.count(OUT_QUEUE_BYTES)).isZero();
  }

  @Test
  void tellsAServerThatClosesFromAConnectionThatBreaks() {
    connect().disconnectByPeer();
    assertThat(server.count(SERVER_EOF)).isEqualTo(1);
    assertThat(server.count(SERVER_ERR)).isZero();

    FakeSocket second = connect();
    assertThat(server.count(SERVER_CONNECTIONS)).isEqualTo(1);
    second.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    loop.turn();

    assertThat(server.count(SERVER_EOF)).isEqualTo(1);
    assertThat(server.count(SERVER_ERR)).isEqualTo(1);
    assertThat(server.count(SERVER_CONNECTIONS)).isZero();
  }

  @Test
  void anInvalidReplyCountsAsAnError() {
    connect().receive("VALUE a 0 1\r\nx\r\nEND\r\n");

    assertThat(server.count(SERVER_ERR)).isEqualTo(1);
    assertThat(server.count(SERVER_EOF)).isZero();
  }

  @Test
  void tellsAServerThatRefusesFromOneThatDoesNotAnswer() {
    server.server().connect();
    server.refuse();
    assertThat(server.count(SERVER_ERR)).isEqualTo(1);
    assertThat(server.count(SERVER_TIMEDOUT)).isZero();

    var unused = server.upload(outcomes, "set k 0 0 6\r\n", () -> {});
    server.refuse(new ConnectTimeoutException("too late"));

    assertThat(server.count(SERVER_TIMEDOUT)).isEqualTo(1);
    assertThat(server.count(SERVER_CONNECTIONS)).isZero();
  }

  @Test
  void requestsThatTimeOutTogetherCountOnce() {
    FakeSocket socket = connect();
    server.get(outcomes, 0, "a", "b");
    server.send(outcomes, 2, "delete k\r\n");
    loop.turn();

    server.timePasses(TOO_LONG);

    assertThat(outcomes.told()).hasSize(3);
    assertThat(server.count(SERVER_TIMEDOUT)).isEqualTo(1);
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void notesWhenAServerWasEjected() {
    long before = micros();
    server.server().connect();
    server.refuse();
    assertThat(server.count(SERVER_EJECTED_AT)).isZero();

    server.get(outcomes, 0, "a");

    assertThat(server.count(PoolCounter.SERVER_EJECTS)).isEqualTo(1);
    assertThat(server.count(SERVER_EJECTED_AT)).isBetween(before, micros());
  }

  private static long micros() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1000;
  }
}
