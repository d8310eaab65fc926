package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Seeded;
import io.fairlead.metrics.Counter;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class SocketLinkTest {
  private static final int SLICED = 16 << 10;

  @RegisterExtension final TestLoop loop = new TestLoop();
  @RegisterExtension final Seeded seeded = new Seeded();

  private final LineConnection connection = new LineConnection(loop.proxy());
  private final FakeRawSocket socket = new FakeRawSocket(loop, connection);

  @Test
  void sendsOnceAtTheEndOfTheTurn() {
    socket.receive("echo a\necho b\n");

    assertThat(socket.sent()).isEqualTo("echo a\necho b\n");
    assertThat(socket.sends).isEqualTo(1);
    assertThat(socket.watchesRoom).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 11})
  void theRestOfWhatTheSocketDidNotTakeFollowsInOrder(int taken) {
    socket.takesOnly(taken);
    say("first line\n");
    say("second line\n");
    String sent = socket.sent();
    assertThat(sent).hasSize(taken);
    assertThat(connection.unsent()).isEqualTo(23 - taken);
    assertThat(connection.taken()).isEqualTo(taken);
    assertThat(socket.watchesRoom).isTrue();

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(sent + socket.sent()).isEqualTo("first line\nsecond line\n");
    assertThat(connection.unsent()).isZero();
    assertThat(connection.taken()).isEqualTo(23);
    assertThat(socket.watchesRoom).isFalse();
  }

  @Test
  void aFullSocketIsNotTriedAgainBeforeItHasRoom() {
    socket.takesOnly(3);
    say("first line\n");
    int sends = socket.sends;

    say("second line\n");
    say("third line\n");

    assertThat(socket.sends).isEqualTo(sends);
  }

  @Test
  void morePiecesThanOneCallSends() {
    String line = echo(SLICED);
    String text = "echo a\n" + line.repeat(RawSocket.MOST_PIECES) + "echo b\n" + line.repeat(3);
    socket.takesOnly(0);
    for (int at = 0; at < text.length(); at += SLICED * 10) {
      socket.receive(text.substring(at, Math.min(text.length(), at + SLICED * 10)));
    }
    assertThat(connection.unsent()).isEqualTo(text.length());

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(socket.sent()).isEqualTo(text);
  }

  /** Small and large pieces, and a socket that takes any part of them. */
  @RepeatedTest(20)
  void everythingArrivesInOrderHoweverItIsTaken() {
    Random random = seeded.random();
    StringBuilder expected = new StringBuilder();
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String line =
          random.nextInt(4) > 0 ? "echo " + i + "\n" : echo(SLICED + random.nextInt(SLICED));
      expected.append(line);
      socket.receive(line);
      if (random.nextBoolean()) {
        socket.takesOnly(random.nextInt(3) == 0 ? 0 : random.nextInt(3 * SLICED));
      } else {
        socket.takesMore(random.nextInt(3 * SLICED));
      }
      sent.append(socket.sent());
      assertThat(connection.taken()).isEqualTo(sent.length());
      assertThat(connection.unsent()).isEqualTo(expected.length() - sent.length());
    }
    socket.takesMore(Integer.MAX_VALUE);

    assertThat(sent + socket.sent()).isEqualTo(expected.toString());
    assertThat(buffered()).isZero();
  }

  @Test
  void tellsWhenAFullSocketHasRoomAgain() {
    socket.takesOnly(0);
    say("x".repeat(100_000));
    assertThat(connection.events).containsExactly("open");

    socket.takesMore(50_000);
    assertThat(connection.events).containsExactly("open");

    socket.takesMore(20_000);
    assertThat(connection.events).containsExactly("open", "writable");
    socket.takesMore(Integer.MAX_VALUE);
    assertThat(connection.events).containsExactly("open", "writable");
  }

  @Test
  void theAccountIsSettledWhenTheSocketHasTakenTheLast() {
    for (int i = 0; i < 2; i++) {
      socket.takesOnly(0);
      say("too little for the socket to count as full");
      assertThat(buffered()).isPositive();
      socket.takesMore(20);
      say("and more");
      assertThat(buffered()).isPositive();

      socket.takesMore(Integer.MAX_VALUE);
      assertThat(buffered()).isZero();
    }
  }

  @Test
  void othersHaveTheirTurnBeforeAllOfMuchInputIsRead() {
    connection.readSize = ReadSize.LITTLE;
    String line = echo(4 << 10);

    socket.tellOfInput(line.repeat(10));

    assertThat(connection.lines).hasSize(ReceiveBuffers.READS_PER_EVENT);
    assertThat(socket.unread()).hasSize(6 * line.length());
    socket.turn();
    assertThat(connection.lines).hasSize(10);
  }

  @Test
  void aReadThatLeavesRoomIsTheLast() {
    socket.tellOfInput("echo a\n");

    assertThat(socket.reads).isEqualTo(1);
  }

  @Test
  void aConnectionThatIsHeldBackReadsNoFurther() {
    connection.readSize = ReadSize.LITTLE;
    connection.mayResume = false;

    socket.receive("stop\n" + "x".repeat((4 << 10) - 6) + "\n" + "echo later\n");

    assertThat(socket.watchesInput).isFalse();
    assertThat(socket.unread()).isEqualTo("echo later\n");

    connection.mayResume = true;
    connection.resume();
    socket.turn();
    assertThat(socket.watchesInput).isTrue();
    assertThat(socket.sent()).isEqualTo("echo later\n");
  }

  @Test
  void endsWithItsPeer() {
    socket.receive("echo a\n");
    socket.endInput();

    assertThat(connection.hasEndedByItself()).isTrue();
    assertThat(socket.sent()).isEqualTo("echo a\n");
    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void breaksWhileItIsRead() {
    socket.breakSilently();
    socket.receive("echo a\n");

    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "broken", "closed");
  }

  @Test
  void breaksWhileItIsHeldBack() {
    connection.mayResume = false;
    socket.receive("stop\necho a\n");

    socket.breakOff();

    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "broken", "closed");
  }

  @Test
  void whatAPeerHasSaidBeforeItHungUpIsReadInItsTime() {
    connection.mayResume = false;
    socket.receive("stop\n");

    socket.hangUp("last\n");
    assertThat(socket.isOpen()).isTrue();

    connection.mayResume = true;
    connection.resume();
    socket.turn();
    assertThat(connection.lines).containsExactly("stop", "last");
    assertThat(connection.events).endsWith("closed").doesNotContain("broken");
  }

  /** The turn in which that is found goes on with a connection that is still there. */
  @Test
  void breaksWhileItSends() {
    socket.breakSilently();
    connection.say("a");
    connection.say("b");
    loop.turn();

    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "broken", "closed");
    assertThat(buffered()).isZero();
  }

  @Test
  void breaksWithOutputThatTheSocketHasNotTaken() {
    socket.takesOnly(10);
    socket.receive(echo(SLICED).repeat(2));

    socket.breakOff();

    assertThat(connection.events).containsExactly("open", "broken", "closed");
    assertThat(buffered()).isZero();
  }

  @Test
  void waitsForASlowSocketBeforeItCloses() {
    socket.takesOnly(3);
    socket.receive("echo a\nbye\necho b\n");
    assertThat(socket.isOpen()).isTrue();
    String sent = socket.sent();

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(sent + socket.sent()).isEqualTo("echo a\nbye\n");
    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void saysGoodbyeAndWaitsForThePeerToDoTheSame() {
    socket.takesOnly(3);
    connection.say("farewell\n");
    connection.leaveAfterFlush();
    socket.turn();
    assertThat(socket.outputEnded).isFalse();

    socket.takesMore(Integer.MAX_VALUE);
    assertThat(socket.outputEnded).isTrue();
    assertThat(socket.isOpen()).isTrue();

    socket.endInput();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void waitsForAPeerThatStaysForAWhileOnly() {
    connection.leaveAfterFlush();
    socket.turn();
    assertThat(socket.isOpen()).isTrue();

    loop.advance(Duration.ofSeconds(2));

    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void aFaultOfTheProxyEndsTheConnectionAlone() {
    socket.receive("fault\n");

    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void losesWhatWasNotSentWhenItClosesAtOnce() {
    socket.takesOnly(2);
    say("abc");
    connection.say("def");

    connection.close();
    loop.turn();

    assertThat(connection.hasEndedByItself()).isFalse();
    assertThat(socket.sent()).isEqualTo("ab");
    assertThat(buffered()).isZero();
  }

  @Test
  void sendsWhatWasSaidBeforeItWasOpen() {
    LineConnection early = new LineConnection(loop.proxy());
    early.say("early\n");
    loop.turn();

    FakeRawSocket late = new FakeRawSocket(loop, early);

    assertThat(late.sent()).isEqualTo("early\n");
  }

  @Test
  void closesASocketThatComesTooLate() {
    LineConnection early = new LineConnection(loop.proxy());
    early.close();

    FakeRawSocket late = new FakeRawSocket(loop, early);

    assertThat(late.isOpen()).isFalse();
    assertThat(early.events).containsExactly("closed");
  }

  @Test
  void readsNothingForAConnectionThatWasHeldBackBeforeItWasOpen() {
    LineConnection early = new LineConnection(loop.proxy());
    early.mayResume = false;
    early.suspend();

    FakeRawSocket late = new FakeRawSocket(loop, early);
    late.receive("echo a\n");

    assertThat(late.unread()).isEqualTo("echo a\n");
  }

  private void say(String text) {
    connection.say(text);
    socket.turn();
  }

  private long buffered() {
    return loop.proxy().stats().get(Counter.BUFFERED_BYTES);
  }

  /** A line of that many bytes. */
  private static String echo(int length) {
    return "echo " + "x".repeat(length - 6) + "\n";
  }
}
