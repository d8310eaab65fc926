package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that breaks the protocol costs its connection, and no client ever sees a byte of what
 * another one asked for.
 */
@ExtendWith(LeakCheck.class)
class WrongReplyIT {
  private static final String A = Answers.get("a");
  private static final String B = Answers.get("b");

  /** What a server sends when a get of a and then a get of b wait for replies. */
  @SuppressWarnings("ImmutableEnumChecker") // a script keeps nothing
  enum Wrong {
    GARBAGE("\0\1\2\377garbage\r\n" + A + B),
    UNKNOWN_WORD("WHAT?\r\n" + A + B),
    EMPTY_LINE("\r\n" + A + B),
    TWICE(A + A + B),
    TWICE_THEN_NOTHING(A + A),
    SWAPPED(B + A),
    ANOTHER_KEY(Answers.get("x") + B),
    KEY_WITH_A_SUFFIX("VALUE ab 0 1\r\nx\r\nEND\r\n" + B),
    TWO_VALUES(Answers.found("a") + A + B),
    NO_CR_LF_AFTER_THE_VALUE("VALUE a 0 10\r\nvalue-of-aEND\r\n" + B),
    VALUE_LONGER_THAN_SAID("VALUE a 0 5\r\nvalue-of-a\r\nEND\r\n" + B),
    LF_ONLY("END\n" + B),
    VALUE_LINE_WITH_LF_ONLY("VALUE a 0 10\nvalue-of-a\r\nEND\r\n" + B),
    TOO_LARGE("VALUE a 0 1048577\r\n" + "x".repeat(2000)),
    HUGE_LENGTH("VALUE a 0 99999999999999999999\r\nvalue-of-a\r\nEND\r\n"),
    NEGATIVE_LENGTH("VALUE a 0 -1\r\nvalue-of-a\r\nEND\r\n" + B),
    NO_LENGTH("VALUE a 0\r\nvalue-of-a\r\nEND\r\n" + B),
    A_LINE_WITHOUT_END("x".repeat(10_000)),
    A_VALUE_LINE_WITHOUT_END("VALUE a " + "0".repeat(10_000)),
    A_STORED("STORED\r\n" + B),
    A_NUMBER("42\r\n" + B),
    A_META_REPLY("HD\r\n" + B),
    A_META_VALUE("VA 1\r\nx\r\n" + B),
    A_VERSION("VERSION 1.6.18\r\n" + B);

    private final String bytes;

    Wrong(String bytes) {
      this.bytes = bytes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void costsTheConnectionAndNobodyGetsAnothersReply(Wrong wrong) {
    Script breaking =
        peer -> {
          peer.nextRequest();
          peer.nextRequest();
          peer.send(wrong.bytes);
        };
    try (ScriptedBackend backend =
            ScriptedBackend.running(breaking, Script.answering(Answers::of));
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      RawClient first = proxy.client().send("get a\r\n");
      backend.awaitLines(1);
      RawClient second = proxy.client().send("get b\r\n");

      long start = System.nanoTime();
      String firstGot = valueOrError(first, "a");
      String secondGot = valueOrError(second, "b");
      System.out.printf(
          Locale.ROOT,
          "%-44s a: %-30s b: %-30s %.1f ms%n",
          wrong,
          firstGot,
          secondGot,
          (System.nanoTime() - start) / 1e6);

      backend.awaitOpenConnections(0);
      assertThat(proxy.count(Counter.PROTOCOL_VIOLATIONS)).isOne();
      first.send("get a\r\n").expect(A).expectSilence(Duration.ofMillis(1));
      second.send("get b\r\n").expect(B).expectSilence(Duration.ofMillis(1));
      assertThat(backend.accepted()).hasSize(2);
    }
  }

  private static String valueOrError(RawClient client, String key) {
    String line = client.readLine();
    if (line.startsWith("VALUE ")) {
      client.expect(Answers.valueOf(key) + "\r\nEND\r\n");
      assertThat(line).isEqualTo("VALUE " + key + " 0 10");
      return "its value";
    }
    assertThat(line).startsWith("SERVER_ERROR ");
    return line;
  }

  @ParameterizedTest
  @EnumSource(Unasked.class)
  void aReplyThatNobodyAskedForCostsTheConnection(Unasked unasked) {
    try (ScriptedBackend backend = ScriptedBackend.answering(Answers::of);
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      RawClient client = proxy.client().send("get a\r\n").expect(A);

      backend.sendToAll(unasked.bytes);
      backend.awaitOpenConnections(0);

      client.send("get b\r\n").expect(B);
      assertThat(proxy.count(Counter.PROTOCOL_VIOLATIONS)).isOne();
    }
  }

  /** Replies that come when none is awaited. */
  @SuppressWarnings("ImmutableEnumChecker") // a script keeps nothing
  enum Unasked {
    A_VALUE(Answers.get("b")),
    A_MISS("END\r\n"),
    STORED("STORED\r\n"),
    AN_ERROR("SERVER_ERROR out of memory\r\n"),
    HALF_A_LINE("EN");

    private final String bytes;

    Unasked(String bytes) {
      this.bytes = bytes;
    }
  }

  @Test
  void aReplyThatComesTooLateIsDropped() {
    CountDownLatch late = new CountDownLatch(1);
    Script answersLate =
        peer -> {
          String request = peer.nextRequest();
          peer.await(late);
          peer.send(Answers.of(request));
          Script.answering(Answers::of).run(peer);
        };
    Duration patient = Duration.ofMillis(400);
    try (ScriptedBackend backend = ScriptedBackend.running(answersLate);
        TestProxy proxy = ProxySetup.sharded(backend.port()).timeout(patient).start()) {
      RawClient first =
          proxy.client().send("get a\r\n").expect("SERVER_ERROR server timed out\r\n");
      RawClient second = proxy.client().send("get b\r\n");
      backend.awaitLines(1);

      late.countDown();

      second.expect(B);
      first.send("get a\r\n").expect(A);
      assertThat(backend.accepted()).hasSize(1);
      assertThat(proxy.count(Counter.TIMEOUTS)).isOne();
    }
  }

  @Test
  void anEarlyErrorToAStoreKeepsRepliesInStep() {
    Script refusing =
        peer -> {
          peer.nextLine();
          peer.send("SERVER_ERROR object too large for cache\r\n");
          peer.nextLine();
          Script.answering(Answers::of).run(peer);
        };
    try (ScriptedBackend backend = ScriptedBackend.running(refusing);
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      proxy
          .client()
          .send("set a 0 0 3\r\nxyz\r\nget a\r\nget b\r\n")
          .expect("SERVER_ERROR object too large for cache\r\n" + A + B);
      assertThat(backend.accepted()).hasSize(1);
    }
  }

  @Test
  void anErrorToACommandTheServerDoesNotKnowIsPassedOnAndNotTrusted() {
    Script old =
        peer -> {
          peer.nextLine();
          peer.send("ERROR\r\nERROR\r\n"); // it took the value for a command
        };
    try (ScriptedBackend backend = ScriptedBackend.running(old, Script.answering(Answers::of));
        TestProxy proxy = ProxySetup.sharded(backend.port()).start()) {
      RawClient client = proxy.client().send("ms a 3\r\nxyz\r\n").expect("ERROR\r\n");

      client.send("get a\r\n").expect(A);
      assertThat(backend.accepted()).hasSize(2);
    }
  }
}
