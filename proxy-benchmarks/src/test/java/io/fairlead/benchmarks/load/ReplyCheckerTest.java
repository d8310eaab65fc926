package io.fairlead.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReplyCheckerTest {
  private static final int KEYS = 300;
  private static final int VALUE_BYTES = 40;

  private final Keyspace keyspace = new Keyspace(KEYS, VALUE_BYTES);

  @Test
  void acceptsValuesSetsAndMultiGetsInEveryChunking() {
    everyChunking(
        talk ->
            talk.get(3, 1)
                .set(4)
                .get(298, 4)
                .get(5, 1)
                .value(3)
                .text("END\r\nSTORED\r\n")
                .value(298)
                .value(299)
                .value(0)
                .value(1)
                .text("END\r\n")
                .value(5)
                .text("END\r\n"),
        tally -> {
          assertThat(tally.problem()).isNull();
          assertThat(tally.replies()).isEqualTo(4);
          assertThat(tally.latency().total()).isEqualTo(4);
          assertThat(tally.latency().percentile(1)).isBetween(3984L, 4016L);
        });
  }

  @Test
  void acceptsTheValuesOfOneMultiGetInAnyOrder() {
    everyChunking(
        talk -> talk.get(0, 3).value(2).value(0).value(1).text("END\r\n"),
        tally -> assertThat(tally.problem()).isNull());
  }

  @Test
  void acceptsAHundredKeysInOneGet() {
    Conversation talk = new Conversation(keyspace).get(250, 100);
    for (int i = 0; i < 100; i++) {
      talk.value((250 + i) % KEYS);
    }

    Tally tally = talk.text("END\r\n").inPiecesOf(7);

    assertThat(tally.problem()).isNull();
    assertThat(tally.replies()).isEqualTo(1);
  }

  @Test
  void countsEachMissingKey() {
    everyChunking(
        talk -> talk.get(1, 1).get(10, 5).text("END\r\n").value(11).value(13).text("END\r\n"),
        tally -> {
          assertThat(tally.misses()).isEqualTo(4);
          assertThat(tally.wrong() + tally.errors()).isZero();
          assertThat(tally.replies()).isEqualTo(2);
        });
  }

  @Test
  void countsErrorRepliesAndGoesOn() {
    everyChunking(
        talk ->
            talk.get(1, 1)
                .set(2)
                .get(3, 1)
                .get(4, 1)
                .text("SERVER_ERROR Connection refused\r\nSERVER_ERROR out of memory\r\nERROR\r\n")
                .value(4)
                .text("END\r\n"),
        tally -> {
          assertThat(tally.errors()).isEqualTo(3);
          assertThat(tally.wrong() + tally.misses()).isZero();
          assertThat(tally.replies()).isEqualTo(4);
          assertThat(tally.problem()).isEqualTo("SERVER_ERROR Connection refused");
        });
  }

  @Test
  void noticesRepliesInTheWrongOrder() {
    noticesOneOrMore(
        talk -> talk.get(1, 1).get(2, 1).value(2).text("END\r\n").value(1).text("END\r\n"));
  }

  @Test
  void noticesAKeyAnsweredTwice() {
    everyChunking(
        talk -> talk.get(1, 2).value(1).value(1).value(2).text("END\r\n"),
        tally -> {
          assertThat(tally.wrong()).isEqualTo(1);
          assertThat(tally.misses()).isZero();
        });
  }

  @Test
  void noticesTheValueOfAnotherKey() {
    everyChunking(
        talk ->
            talk.get(1, 1)
                .text("VALUE " + talk.keyOf(1) + " 0 " + VALUE_BYTES + "\r\n")
                .bytes(talk.valueOf(2))
                .text("\r\nEND\r\n"),
        tally -> {
          assertThat(tally.wrong()).isEqualTo(1);
          assertThat(tally.misses()).isZero();
          assertThat(tally.replies()).isEqualTo(1);
        });
  }

  @Test
  void noticesEveryFlippedByteOfAReply() {
    int bytes = new Conversation(keyspace).value(7).text("END\r\n").replyBytes();
    for (int flipped = 0; flipped < bytes; flipped++) {
      for (int pieces : new int[] {1, 5, bytes}) {
        Conversation talk = new Conversation(keyspace).get(7, 1);
        talk.bytes(flip(new Conversation(keyspace).value(7).text("END\r\n"), flipped));

        Tally tally = talk.inPiecesOf(pieces);

        boolean isUnanswered = talk.unanswered() > 0;
        assertThat(tally.problem() != null || isUnanswered).as("byte %d", flipped).isTrue();
      }
    }
  }

  @Test
  void noticesAnotherLengthAndGoesOnAfterIt() {
    for (int length : new int[] {0, 1, VALUE_BYTES - 1, VALUE_BYTES + 1}) {
      everyChunking(
          talk ->
              talk.get(1, 1)
                  .get(2, 1)
                  .text("VALUE " + talk.keyOf(1) + " 0 " + length + "\r\n")
                  .bytes(new byte[length])
                  .text("\r\nEND\r\n")
                  .value(2)
                  .text("END\r\n"),
          tally -> {
            assertThat(tally.wrong()).isEqualTo(1);
            assertThat(tally.misses()).isEqualTo(1);
            assertThat(tally.replies()).isEqualTo(2);
          });
    }
  }

  @Test
  void noticesAReplyOfTheWrongKind() {
    noticesOneOrMore(talk -> talk.set(1).text("END\r\n"));
    noticesOneOrMore(talk -> talk.get(1, 1).text("STORED\r\n"));
    noticesOneOrMore(talk -> talk.set(1).value(1).text("END\r\n"));
  }

  @Test
  void noticesAReplyThatNobodyAskedFor() {
    noticesOneOrMore(talk -> talk.set(1).text("STORED\r\nSTORED\r\n"));
  }

  @Test
  void takesALineOfAnyLength() {
    Conversation talk = new Conversation(keyspace).get(1, 1).get(2, 1);
    talk.text("CLIENT_ERROR " + "x".repeat(5000) + "\r\n").value(2).text("END\r\n");

    Tally tally = talk.inPiecesOf(100);

    assertThat(tally.errors()).isEqualTo(1);
    assertThat(tally.replies()).isEqualTo(2);
  }

  private void noticesOneOrMore(UnaryOperator<Conversation> said) {
    everyChunking(said, tally -> assertThat(tally.wrong()).isPositive());
  }

  /** Whole, split in two at every byte, and in small pieces. */
  private void everyChunking(UnaryOperator<Conversation> said, Consumer<Tally> expectation) {
    int bytes = said.apply(new Conversation(keyspace)).replyBytes();
    for (int cut = 0; cut <= bytes; cut++) {
      expectation.accept(said.apply(new Conversation(keyspace)).splitAt(cut));
    }
    for (int size = 1; size < 10; size++) {
      expectation.accept(said.apply(new Conversation(keyspace)).inPiecesOf(size));
    }
  }

  private static byte[] flip(Conversation talk, int at) {
    byte[] bytes = talk.allReplies();
    bytes[at] ^= 0x02;
    return bytes;
  }
}
