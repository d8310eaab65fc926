package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.fairlead.metrics.Counter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class ConnectionInputTest {
  private static final List<String> LINES = List.of("one", "", "two and more", "3", "last");
  private static final String TEXT = String.join("\n", LINES) + "\n";

  @RegisterExtension final TestLoop loop = new TestLoop();
  @RegisterExtension final Seeded seeded = new Seeded();

  private final LineConnection connection = new LineConnection(loop.proxy());
  private final FakeSocket socket = loop.open(connection);

  @Test
  void keepsWhatIsNotCompleteAcrossAnySplit() {
    for (int split = 0; split <= TEXT.length(); split++) {
      connection.lines.clear();

      socket.receive(TEXT.substring(0, split));
      socket.receive(TEXT.substring(split));

      assertThat(connection.lines).as("split at %d", split).isEqualTo(LINES);
    }
    assertThat(connection.waits()).isFalse();
  }

  @Test
  void keepsWhatIsNotCompleteByteByByte() {
    for (byte b : Wire.bytes(TEXT)) {
      socket.receive(new byte[] {b});
    }

    assertThat(connection.lines).isEqualTo(LINES);
  }

  @RepeatedTest(10)
  void keepsLinesOfAnyLengthAcrossRandomChunks() {
    Random random = seeded.random();
    List<String> lines =
        IntStream.range(0, 50)
            .mapToObj(i -> Integer.toString(i % 10).repeat(1 << random.nextInt(14)))
            .toList();
    byte[] bytes = Wire.bytes(String.join("\n", lines) + "\n");

    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(20_000));
      socket.receive(Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }

    assertThat(connection.lines).isEqualTo(lines);
  }

  @Test
  void aConnectionWithNothingToKeepHoldsNoBuffer() {
    socket.receive("one\ntw");
    long used = loop.usedBytes();
    assertThat(used).isPositive();

    socket.receive("o\n");

    assertThat(loop.usedBytes()).isZero();
  }

  @Test
  void makesRoomForWhatIsKnownToComeAtOnce() {
    connection.wanted = 100_000;

    socket.receive("begins");

    assertThat(loop.usedBytes()).isEqualTo(100_000);
  }

  @Test
  void aPartialLineDoesNotMakeItKeepTheWholeOfTheNextRead() {
    socket.receive("begin");
    String lines = ("x".repeat(999) + "\n").repeat(200);

    socket.receive("ning\n" + lines + "rest");

    assertThat(connection.lines).hasSize(201).startsWith("beginning");
    assertThat(loop.usedBytes()).isLessThanOrEqualTo(2048);
  }

  @Test
  void whatIsKnownToComeIsKeptInABufferOfThatSize() {
    socket.receive("x".repeat(5000));
    connection.wanted = 70_000;

    socket.receive("y".repeat(5000));
    assertThat(loop.usedBytes()).isEqualTo(70_000);

    socket.receive("z".repeat(60_000 - 1) + "\nnext\n");
    assertThat(connection.lines).hasSize(2).endsWith("next");
    assertThat(loop.usedBytes()).isZero();
  }

  @Test
  void goesOnWhenMoreWasAnnouncedThanIsNeeded() {
    connection.wanted = 10;
    socket.receive("on");

    socket.receive("e\ntwo\nthree and more\n");

    assertThat(connection.lines).containsExactly("one", "two", "three and more");
    assertThat(connection.waits()).isFalse();
  }

  @Test
  void keepsBytesInOrderWhileItIsSuspended() {
    socket.receive("a\nstop\nb\nc");
    socket.receive("c\nd\n");
    socket.receive("stop\ne\n");
    assertThat(connection.lines).containsExactly("a", "stop");
    assertThat(socket.isReading()).isFalse();

    connection.resume();
    loop.turn();

    assertThat(connection.lines).containsExactly("a", "stop", "b", "cc", "d", "stop");
    assertThat(socket.isReading()).isFalse();

    connection.resume();
    loop.turn();

    assertThat(connection.lines).endsWith("stop", "e");
    assertThat(socket.isReading()).isTrue();
  }

  @Test
  void resumesAtTheEndOfTheTurnOnly() {
    socket.receive("stop\na\n");

    connection.resume();
    assertThat(connection.lines).containsExactly("stop");

    loop.turn();
    assertThat(connection.lines).containsExactly("stop", "a");
  }

  @Test
  void tellsWhenEverythingThatWasKeptHasBeenParsed() {
    socket.receive("stop\na\nstop\nb\n");

    connection.resume();
    loop.turn();
    assertThat(connection.events).containsExactly("open");

    connection.resume();
    connection.resume();
    loop.turn();
    assertThat(connection.events).containsExactly("open", "resumed after 4");
  }

  @Test
  void staysSuspendedWhileTheReasonLasts() {
    socket.receive("stop\na\n");
    connection.mayResume = false;

    connection.resume();
    loop.turn();
    assertThat(connection.lines).containsExactly("stop");

    connection.mayResume = true;
    connection.resume();
    loop.turn();
    assertThat(connection.lines).containsExactly("stop", "a");
  }

  @Test
  void mayBeClosedByWhatItReads() {
    socket.receive("a\nclose\nb\n");

    assertThat(connection.lines).containsExactly("a", "close");
    assertThat(connection.events).containsExactly("open", "closed");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void mayBeClosedByWhatItHadKept() {
    socket.receive("a\nclo");
    socket.receive("se\nb\nc");

    assertThat(connection.lines).containsExactly("a", "close");
    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void mayBeClosedWhileItIsSuspended() {
    socket.receive("stop\na\n");
    connection.resume();

    connection.close();
    loop.turn();

    assertThat(connection.lines).containsExactly("stop");
    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void endsOnceHoweverItEnds() {
    socket.disconnectByPeer();
    connection.close();
    loop.turn();

    assertThat(connection.events).containsExactly("open", "closed");
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void endsWhenThePeerSendsNoMore() {
    socket.endInput();

    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void countsWhatItKeeps() {
    socket.receive("begins");
    assertThat(loop.proxy().stats().get(Counter.BUFFERED_BYTES)).isEqualTo(2048);

    connection.close();
    assertThat(loop.proxy().stats().get(Counter.BUFFERED_BYTES)).isZero();
  }

  @Test
  void isResumedWhenThereIsMemoryAgain() {
    LineConnection large = new LineConnection(loop.proxy());
    FakeSocket other = loop.open(large);
    other.receive("x".repeat(2 << 20));
    assertThat(loop.proxy().load().isShortOfMemory()).isTrue();
    socket.receive("stop\na\n");
    loop.proxy().load().await(connection);
    loop.turn();
    assertThat(connection.lines).containsExactly("stop");

    large.close();
    loop.turn();

    assertThat(loop.proxy().load().isShortOfMemory()).isFalse();
    assertThat(connection.lines).containsExactly("stop", "a");
  }
}
