package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.metrics.Counter;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class ConnectionOutputTest {
  private static final int SLICED = 16 << 10;

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final LineConnection connection = new LineConnection(loop.proxy());
  private final FakeSocket socket = loop.open(connection);

  @Test
  void sendsOnceAtTheEndOfTheTurn() {
    int before = socket.sends();
    socket.read(Wire.bytes("echo a\n"));
    connection.say("b\n");
    socket.read(Wire.bytes("echo c\necho d\n"));
    assertThat(socket.sent()).isEmpty();

    loop.turn();

    assertThat(socket.sent()).isEqualTo("echo a\nb\necho c\necho d\n");
    assertThat(socket.sends()).isEqualTo(before + 1);
  }

  @Test
  void reusesTheBufferOfWhatWasSent() {
    connection.say("a");
    loop.turn();
    long used = loop.usedBytes();

    for (int i = 0; i < 10; i++) {
      connection.say("b");
      loop.turn();
    }

    assertThat(loop.usedBytes()).isEqualTo(used);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 11})
  void theRestOfWhatTheSocketDidNotTakeFollowsInOrder(int taken) {
    socket.takesOnly(taken);
    connection.say("first line\n");
    loop.turn();
    connection.say("second line\n");
    loop.turn();
    String sent = socket.sent();
    assertThat(sent).hasSize(taken);
    assertThat(connection.unsent()).isGreaterThanOrEqualTo(23 - taken);

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(sent + socket.sent()).isEqualTo("first line\nsecond line\n");
    assertThat(connection.unsent()).isZero();
    assertThat(connection.taken()).isEqualTo(23);
  }

  @Test
  void seesASocketTakeAPieceLittleByLittle() {
    socket.takesOnly(0);
    connection.say("x".repeat(50_000));
    loop.turn();
    long taken = connection.taken();

    socket.takesMore(20_000);
    assertThat(connection.taken()).isEqualTo(taken + 20_000);

    socket.takesMore(10_000);
    assertThat(connection.taken()).isEqualTo(taken + 30_000);
  }

  @Test
  void theAccountIsSettledWhenTheSocketHasTakenTheLast() {
    socket.takesOnly(0);
    connection.say("too little for the socket to count as full");
    loop.turn();
    assertThat(buffered()).isPositive();

    socket.takesMore(20);
    connection.say("and more");
    loop.turn();
    assertThat(buffered()).isPositive();

    socket.takesMore(Integer.MAX_VALUE);
    assertThat(buffered()).isZero();

    socket.takesOnly(0);
    connection.say("again");
    loop.turn();
    assertThat(buffered()).isPositive();
    socket.takesMore(Integer.MAX_VALUE);
    assertThat(buffered()).isZero();
  }

  @Test
  void whatIsAddedIsNoProgressOfThePeer() {
    socket.takesOnly(0);
    for (int i = 0; i < 10; i++) {
      connection.say("more and more");
      loop.turn();

      assertThat(connection.taken()).isZero();
    }

    socket.takesMore(5);
    assertThat(connection.taken()).isEqualTo(5);
  }

  private long buffered() {
    return loop.proxy().stats().get(Counter.BUFFERED_BYTES);
  }

  @Test
  void tellsWhenAFullSocketHasRoomAgain() {
    socket.takesOnly(0);
    connection.say("x".repeat(100_000));
    loop.turn();
    assertThat(connection.events).containsExactly("open");

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(connection.events).containsExactly("open", "writable");
  }

  @Test
  void passesLargePiecesOnAsSlicesOfWhatWasRead() {
    socket.takesOnly(0);
    ByteBuf read = received(echo(SLICED));

    socket.read(read);
    loop.turn();

    assertThat(read.refCnt()).as("ours and the slice's").isEqualTo(2);
    socket.takesMore(Integer.MAX_VALUE);
    assertThat(read.refCnt()).isEqualTo(1);
    assertThat(socket.sent()).isEqualTo(echo(SLICED));
    read.release();
  }

  @Test
  void copiesLargePiecesWhileMemoryIsShort() {
    long most = (1L << 20) / 100 * 80;
    loop.proxy().load().account(most);
    socket.takesOnly(0);
    ByteBuf read = received(echo(SLICED));

    socket.read(read);
    loop.turn();

    assertThat(read.release()).as("nobody else holds it").isTrue();
    assertThat(buffered()).isEqualTo(most + echo(SLICED).length());
    loop.proxy().load().account(-most);
    socket.takesMore(Integer.MAX_VALUE);
    assertThat(socket.sent()).isEqualTo(echo(SLICED));
  }

  @Test
  void copiesSmallPieces() {
    socket.takesOnly(0);
    ByteBuf read = received(echo(SLICED - 1));

    socket.read(read);
    loop.turn();

    assertThat(read.release()).as("nobody else holds it").isTrue();
    socket.takesMore(Integer.MAX_VALUE);
    assertThat(socket.sent()).isEqualTo(echo(SLICED - 1));
  }

  @Test
  void copiesLargePiecesOfWhatItHadKeptBecauseThatMoves() {
    String large = echo(SLICED + 100);
    socket.takesOnly(0);

    socket.receive(large.substring(0, 10));
    socket.receive(large.substring(10) + "echo");
    socket.receive(" more\necho " + "y".repeat(3000));
    socket.receive("\n");
    socket.takesMore(Integer.MAX_VALUE);

    assertThat(socket.sent()).isEqualTo(large + "echo more\necho " + "y".repeat(3000) + "\n");
  }

  @Test
  void keepsSmallAndLargePiecesInOrder() {
    String large = echo(SLICED * 2);
    String text = "echo a\n" + large + "echo b\n" + large + large + "echo c\n";
    connection.say("before\n");

    socket.read(Wire.bytes(text));
    connection.say("after\n");
    loop.turn();

    assertThat(socket.sent()).isEqualTo("before\n" + text + "after\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, SLICED - 1, SLICED, SLICED * 3})
  void takesBuffersOfOthers(int length) {
    String text = "x".repeat(length);
    connection.say("a");

    connection.sayOwned(received(text));
    connection.say("b");
    loop.turn();

    assertThat(socket.sent()).isEqualTo("a" + text + "b");
  }

  @Test
  void takesAViewOfABufferThatOthersHold() {
    ByteBuf shared = received("x".repeat(SLICED * 2));

    connection.sayOwned(shared.retainedDuplicate());
    connection.sayOwned(shared.retainedSlice(0, 10));
    loop.turn();

    assertThat(socket.sent()).hasSize(SLICED * 2 + 10);
    assertThat(shared.release()).isTrue();
  }

  @Test
  void sendsWhatItHasSaidBeforeItCloses() {
    socket.receive("echo a\nbye\necho b\n");

    assertThat(socket.sent()).isEqualTo("echo a\nbye\n");
    assertThat(socket.isOpen()).isFalse();
    assertThat(connection.events).containsExactly("open", "closed");
  }

  @Test
  void waitsForASlowSocketBeforeItCloses() {
    socket.takesOnly(3);
    socket.receive("echo a\nbye\n");
    assertThat(socket.isOpen()).isTrue();

    socket.takesMore(Integer.MAX_VALUE);

    assertThat(socket.sent()).isEqualTo("echo a\nbye\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void losesWhatWasNotSentWhenItClosesAtOnce() {
    socket.takesOnly(2);
    connection.say("abc");
    loop.turn();
    connection.say("def");

    connection.close();
    loop.turn();

    assertThat(socket.sent()).isEqualTo("ab");
  }

  @Test
  void sendsWhatWasSaidBeforeItWasOpen() {
    LineConnection early = new LineConnection(loop.proxy());
    early.say("early\n");
    early.sayOwned(received("x".repeat(SLICED)));
    loop.turn();

    FakeSocket late = loop.open(early);

    assertThat(late.sent()).isEqualTo("early\n" + "x".repeat(SLICED));
  }

  @Test
  void closesASocketThatComesTooLate() {
    LineConnection early = new LineConnection(loop.proxy());
    early.say("early\n");
    early.close();
    loop.turn();

    FakeSocket late = loop.open(early);

    assertThat(late.isOpen()).isFalse();
    assertThat(early.events).containsExactly("closed");
  }

  private ByteBuf received(String text) {
    ByteBuf buffer = loop.received().directBuffer(Math.max(1, text.length()));
    buffer.writeBytes(Wire.bytes(text));
    return text.startsWith("echo") ? buffer.retain() : buffer;
  }

  /** A line of that many bytes. */
  private static String echo(int length) {
    return "echo " + "x".repeat(length - 6) + "\n";
  }
}
