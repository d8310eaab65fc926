package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Escapes;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break the protocol, or go away, or are slow: each hurts nobody but itself. */
@ExtendWith(LeakCheck.class)
class ClientFaultIT {
  private static final String BAD_LINE = "CLIENT_ERROR bad command line format";

  private final ScriptedBackend backend = ScriptedBackend.answering(Answers::of);
  private final TestProxy proxy = ProxySetup.sharded(backend.port()).connections(3).start();
  private final RawClient client = proxy.client();

  @AfterEach
  void nobodyElseIsHurt() {
    proxy.client().send("get other\r\n").expect(Answers.get("other"));
    assertThat(proxy.count(Counter.PROTOCOL_VIOLATIONS)).isZero();
    proxy.close();
    backend.close();
  }

  /** Has the next connection, which the next request opens, run this script. */
  private void nowRunning(Script script) {
    client.send("get a\r\n").expect(Answers.get("a"));
    backend.nowRunning(script);
    long lost = proxy.count(Counter.CONNECTIONS_LOST);
    backend.closeConnections();
    proxy.awaitCount(Counter.CONNECTIONS_LOST, lost + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET k|ERROR",
        "bogus|ERROR",
        "get|ERROR",
        "incr k|ERROR",
        "incr k x|CLIENT_ERROR invalid numeric delta argument",
        "incr k -1|CLIENT_ERROR invalid numeric delta argument",
        "touch k x|CLIENT_ERROR invalid exptime argument",
        "gat x k|CLIENT_ERROR invalid exptime argument",
        "delete k 5|CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]",
        "get a\\x01b|" + BAD_LINE,
        "get a\\tb|" + BAD_LINE,
        "get a\\rb|" + BAD_LINE,
        "get a\\x00b|" + BAD_LINE,
        "get a\\x7fb|" + BAD_LINE,
        "get good <<x*251>> good|" + BAD_LINE,
        "delete <<x*251>>|" + BAD_LINE,
        "set <<x*251>> 0 0 5\\r\\nget z|" + BAD_LINE,
        "set k x 0 5\\r\\nget z|" + BAD_LINE,
        "set k 0 0 3\\r\\nabcdef|CLIENT_ERROR bad data chunk",
        "set k 0 0 2000000\\r\\n<<x*2000000>>|SERVER_ERROR object too large for cache",
        "mg|ERROR",
        "mg k\\x02|" + BAD_LINE,
        "ms k 2 b\\r\\nhi|CLIENT_ERROR error decoding key",
        "shutdown|SERVER_ERROR command not supported by proxy",
        "flush_all|CLIENT_ERROR flush_all not allowed",
      })
  void aBadLineGetsItsErrorAndTheConnectionLivesOn(String line, String error) {
    client.send("get a\r\n" + Escapes.decode(line) + "\r\n").expect(Answers.get("a"));

    client.expect(error + "\r\n");
    if (error.endsWith("bad data chunk")) {
      client.expect("ERROR\r\n"); // the rest of the value is a line
    }
    client.send("get b\r\n").expect(Answers.get("b"));
    assertThat(backend.lines()).doesNotContain("get z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set k 0 0|ERROR",
        "set k 0 0 -1|" + BAD_LINE,
        "set k 0 0 x|" + BAD_LINE,
        "set k 0 0 99999999999|" + BAD_LINE,
        "ms k x|" + BAD_LINE,
        "ms k -1|" + BAD_LINE,
      })
  void aLengthThatCannotBeReadClosesAfterTheError(String line, String error) {
    client
        .send("get a\r\n" + line + "\r\nget z\r\n")
        .expect(Answers.get("a") + error + "\r\n")
        .expectClosed();

    assertThat(backend.lines()).doesNotContain("get z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<<x*2049>>",
        "set <<k*3000>>",
        "gets<<x*3000>>",
        "get\\r<<x*3000>>",
        "\\x80\\x00\\x00\\x00"
      })
  void aLineWithoutEndIsCutAtItsLimit(String line) {
    client.send("get a\r\n").expect(Answers.get("a"));
    RawClient other = proxy.client().send(Escapes.decode(line));

    other.expectClosed();
    client.send("get b\r\n").expect(Answers.get("b"));
  }

  @Test
  void aGetWithoutEndIsCutAtItsOwnLimit() {
    client.send("get " + "key ".repeat((1 << 20) / 4)).expectClosed();

    assertThat(backend.lines()).isEmpty();
    Await.until("its memory is free", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
  }

  @Test
  void aClientThatSendsByteByByteIsServed() {
    String requests = "get a\r\nset k 0 0 5\r\nhello\r\nget a b\r\nmg c v\r\nbogus\r\nincr n 1\r\n";
    client
        .sendInPieces(requests, 1, Duration.ofMillis(1))
        .expect(Answers.get("a") + "STORED\r\n" + Answers.of("get a b"))
        .expect("VA 10\r\nvalue-of-c\r\nERROR\r\n1\r\n");
  }

  @Test
  void aClientThatStopsSendingStillGetsItsReplies() {
    CountDownLatch asked = new CountDownLatch(1);
    nowRunning(
        peer -> {
          peer.nextRequest();
          peer.await(asked);
          peer.send(Answers.get("a"));
          Script.answering(Answers::of).run(peer);
        });
    client.send("get a\r\nset k 0 0 1\r\nx\r\nget b c\r\nget half").halfClose();
    backend.awaitConnections(2);

    asked.countDown();

    client.expect(Answers.get("a") + "STORED\r\n" + Answers.of("get b c")).expectClosed();
  }

  @Test
  void aClientThatResetsInTheMiddleOfAMultigetHurtsNobody() {
    CountDownLatch gone = new CountDownLatch(1);
    nowRunning(
        peer -> {
          String first = peer.nextRequest();
          String second = peer.nextRequest();
          peer.send(Answers.found("a"));
          peer.await(gone);
          peer.send(Answers.of(first).substring(Answers.found("a").length()) + Answers.of(second));
          Script.answering(Answers::of).run(peer);
        });
    RawClient leaving = proxy.client().send("get a b c\r\n");
    backend.awaitLines(2);
    client.send("get d\r\n");
    backend.awaitLines(3);

    leaving.reset();
    Await.until("it is gone", () -> proxy.count(Counter.CLIENTS) == 1);
    gone.countDown();

    client.expect(Answers.get("d"));
    assertThat(backend.accepted()).hasSize(2);
  }

  @Test
  void aClientThatResetsInTheMiddleOfALargeUploadStoresNothing() {
    RawClient leaving = proxy.client();
    leaving.send("set big 0 0 1000000\r\n" + "x".repeat(500_000));
    backend.awaitLines(1);
    client.send("get a\r\n").expect(Answers.get("a"));

    leaving.reset();

    Await.until("it is gone", () -> proxy.count(Counter.CLIENTS) == 1);
    backend.awaitOpenConnections(1);
    client.send("get b\r\n").expect(Answers.get("b"));
    Await.until("its memory is free", () -> proxy.count(Counter.BUFFERED_BYTES) == 0);
  }

  @Test
  void aClientThatGoesAwayWithRequestsInFlightLeavesNothingBehind() {
    nowRunning(Script.answeringAfter(Duration.ofMillis(5), Answers::of));
    for (int i = 0; i < 5; i++) {
      RawClient leaving = proxy.client().send("get a\r\nget b\r\nincr n 1\r\nget c d e\r\n");
      leaving.reset();
      proxy.awaitCount(Counter.CLIENTS_ACCEPTED, 2 + i);
      Await.until("it is gone", () -> proxy.count(Counter.CLIENTS) == 1);
    }
    Await.until("nothing is in flight", () -> proxy.status(0).inFlight() == 0);
    client.send("get k\r\n").expect(Answers.get("k"));
  }

  @Test
  void oneClientTooManyIsToldAndCounted() {
    List<RawClient> others = new ArrayList<>(List.of(proxy.client(), proxy.client()));
    others.forEach(other -> other.send("version\r\n").expect("VERSION 1.6.18\r\n"));

    proxy.client().expect("ERROR Too many open connections\r\n").expectClosed();

    assertThat(proxy.count(Counter.CLIENTS_REJECTED)).isOne();
    assertThat(proxy.count(Counter.CLIENTS)).isLessThanOrEqualTo(3);
    others.get(0).close();
    others.get(1).close();
    Await.until("they are gone", () -> proxy.count(Counter.CLIENTS) <= 1);
  }
}
