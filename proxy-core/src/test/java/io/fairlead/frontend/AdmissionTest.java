package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told until it has authenticated, in the words of memcached 1.6.18. */
@ExtendWith(NoLeaks.class)
class AdmissionTest {
  private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated\r\n";
  private static final String FAILURE = "CLIENT_ERROR authentication failure\r\n";
  private static final String LOGIN = "set x 0 0 12\r\nalice secret\r\n";
  private static final String WRONG = "set x 0 0 11\r\nalice wrong\r\n";

  @RegisterExtension final TestLoop loop = new TestLoop();
  @TempDir private Path folder;
  private GuardedClients guarded;

  @SuppressWarnings("NullAway.Init")
  AdmissionTest() {}

  @BeforeEach
  void start() throws IOException {
    guarded = new GuardedClients(loop, folder, ", auth: USERS");
  }

  private long count(Counter counter) {
    return loop.proxy().stats().get(counter);
  }

  /** U stands for the line of one who has not authenticated. */
  @ParameterizedTest
  @CsvSource({
    "'get x|', U",
    "'mn|', U",
    "'quit|', U",
    "'version|', U",
    "'|', U",
    "'stats|', U",
    "'flush_all|', U",
    "'get __mcrouter__.config|', U",
    "'x\n', U",
    "'SET x 0 0 12|', U",
    "'add x 0 0 12|alice secret|', UU",
    "'set x 0 0|', U",
    "'set x 0 0 z|', U",
    "'set x 0 0 -1|', U",
    "'set x 0 0 12x|', U",
    "'set x 0 0 99999999999|', U",
    "'set x 0 0 0||', 'CLIENT_ERROR bad authentication token format|'",
    "'set x 0 0 5|alice|', 'CLIENT_ERROR bad authentication token format|'",
    "'set x 0 0 6|alice |', 'CLIENT_ERROR bad authentication token format|'",
    "'set x 0 0 7| secret|', 'CLIENT_ERROR bad authentication token format|'",
    "'set x 0 0 12|alice secreT|', F",
    "'set x 0 0 17|alice secret more|', F",
    "'set x 0 0 12|carol secret|', F",
    "'set x 0 0 3|alice secret|', 'CLIENT_ERROR bad command line termination|U'",
    "'set x 0 0 12|alice secret|', 'STORED|'",
    "'set x 0 0 12 noreply|alice secret|', 'STORED|'",
    "'set x a b 12|alice secret|', 'STORED|'",
    "'  set x 0 0 012 1 2 3|alice secret|', 'STORED|'",
    "'set x 0 0 +12\nalice secret|', 'STORED|'",
    "'set x 0 0 13|alice  secret|', 'STORED|'",
    "'set x 0 0 13|bob two words|', 'STORED|'",
  })
  void isToldWhatMemcachedWouldTell(String input, String output) {
    FakeSocket socket = guarded.connect();
    socket.receive(input.replace("|", "\r\n"));

    assertThat(socket.sent())
        .isEqualTo(
            output.replace("|", "\r\n").replace("U", UNAUTHENTICATED).replaceFirst("^F$", FAILURE));
    assertThat(guarded.clients.route.asked()).isEmpty();
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void isServedWhateverCameInTheSameReadAsTheLogin() {
    FakeSocket socket = guarded.connect();
    socket.receive("get a\r\n" + LOGIN + "set k 0 0 1\r\nx\r\nversion\r\n");

    assertThat(socket.sent()).startsWith(UNAUTHENTICATED + "STORED\r\nSTORED\r\nVERSION ");
    assertThat(guarded.clients.route.asked()).hasSize(1);
    assertThat(count(Counter.CLIENTS_AUTHENTICATED)).isEqualTo(1);
  }

  @Test
  void isToldTheSameWhereverItsInputIsCut() {
    String input =
        "get a\r\n"
            + WRONG
            + "set x 0 0 3\r\nabcde"
            + "set x 0 0 2\r\nab\r\n"
            + LOGIN
            + "mn\r\nset k 0 0 1\r\nx\r\n";
    String output =
        UNAUTHENTICATED
            + FAILURE
            + "CLIENT_ERROR bad command line termination\r\n"
            + "CLIENT_ERROR bad authentication token format\r\nSTORED\r\nMN\r\nSTORED\r\n";
    for (int cut = 0; cut <= input.length(); cut++) {
      FakeSocket socket = guarded.connect("2001:db8:0:" + Integer.toHexString(cut) + "::1");
      socket.receive(input.substring(0, cut));
      socket.receive(input.substring(cut));

      assertThat(socket.sent()).as("cut at %d", cut).isEqualTo(output);
    }
  }

  @Test
  void isToldTheSameWhenEachByteComesAlone() {
    FakeSocket socket = guarded.connect();
    for (char c : (WRONG + LOGIN + "mn\r\n").toCharArray()) {
      socket.receive(String.valueOf(c));
    }

    assertThat(socket.sent()).isEqualTo(FAILURE + "STORED\r\nMN\r\n");
  }

  @Test
  void mayTryATokenOf1024BytesAndStaysInStepWithALongerOne() {
    FakeSocket socket = guarded.connect();
    socket.receive("set x 0 0 1024\r\nalice " + "x".repeat(1018) + "\r\n");
    assertThat(socket.sent()).isEqualTo(FAILURE);

    socket.receive("set x 0 0 1025\r\n" + "x".repeat(1000));
    assertThat(socket.sent()).isEmpty();
    socket.receive("\r\n" + "get x\r\n".repeat(3) + "xx\r\n" + LOGIN);
    assertThat(socket.sent()).isEqualTo("CLIENT_ERROR auth token too long\r\nSTORED\r\n");
  }

  @Test
  void isClosedForALineWithoutEnd() {
    FakeSocket socket = guarded.connect();
    socket.receive("x".repeat(2048));
    assertThat(socket.isOpen()).isTrue();

    socket.receive("x");

    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.sent()).isEmpty();
  }

  @Test
  void isClosedWhenItDoesNotAuthenticateWithinTenSeconds() {
    FakeSocket slow = guarded.connect();
    FakeSocket known = guarded.connect();
    known.receive(LOGIN);
    loop.advance(Duration.ofMillis(9_900));
    assertThat(slow.isOpen()).isTrue();

    loop.advance(Duration.ofMillis(200));

    assertThat(slow.isOpen()).isFalse();
    assertThat(known.isOpen()).isTrue();
    assertThat(count(Counter.CLIENTS_AUTHENTICATE_TIMEOUTS)).isEqualTo(1);
  }

  @Test
  void waitsASecondForEachAnswerAfterThreeFailures() {
    FakeSocket socket = guarded.connect();
    socket.receive(WRONG.repeat(3));
    assertThat(socket.sent()).isEqualTo(FAILURE.repeat(3));

    socket.receive(WRONG + LOGIN);
    loop.advance(Duration.ofMillis(990));
    assertThat(socket.sent()).isEmpty();
    loop.advance(Duration.ofMillis(20));
    assertThat(socket.sent()).isEqualTo(FAILURE);
    loop.advance(Duration.ofMillis(990));
    assertThat(socket.sent()).isEqualTo("STORED\r\n");
    assertThat(count(Counter.CLIENTS_NOT_AUTHENTICATED)).isEqualTo(4);
  }

  @Test
  void waitsASecondAlsoWhenOthersFromItsAddressHaveFailed() {
    for (int i = 0; i < 3; i++) {
      guarded.connect("192.0.2.9").receive(WRONG);
    }
    FakeSocket same = guarded.connect("192.0.2.9");
    FakeSocket other = guarded.connect("192.0.2.8");
    same.receive(LOGIN);
    other.receive(LOGIN);

    assertThat(same.sent()).isEmpty();
    assertThat(other.sent()).isEqualTo("STORED\r\n");
    loop.advance(Duration.ofMillis(1010));
    assertThat(same.sent()).isEqualTo("STORED\r\n");
  }

  @Test
  void holdsNobodyElseUpWhileAPasswordIsChecked() throws IOException {
    Deque<Runnable> checks = new ArrayDeque<>();
    guarded = new GuardedClients(loop, folder, ", auth: USERS", checks::add);
    FakeSocket known = guarded.connect();
    known.receive(LOGIN);
    checks.remove().run();
    loop.turn();
    FakeSocket waiting = guarded.connect();
    waiting.receive(LOGIN + "mn\r\n");
    known.sent();

    known.receive("mn\r\n");
    assertThat(known.sent()).isEqualTo("MN\r\n");
    assertThat(waiting.sent()).isEmpty();
    assertThat(waiting.isReading()).isFalse();

    checks.remove().run();
    loop.turn();
    assertThat(waiting.sent()).isEqualTo("STORED\r\nMN\r\n");
    assertThat(waiting.isReading()).isTrue();
  }

  @Test
  void mayGoAwayWhileItsPasswordIsChecked() throws IOException {
    Deque<Runnable> checks = new ArrayDeque<>();
    guarded = new GuardedClients(loop, folder, ", auth: USERS", checks::add);
    FakeSocket socket = guarded.connect();
    socket.receive(LOGIN);
    socket.disconnectByPeer();

    checks.remove().run();
    loop.turn();

    assertThat(count(Counter.CLIENTS_AUTHENTICATED)).isZero();
    assertThat(count(Counter.CLIENTS)).isZero();
  }

  @Test
  void isAnsweredWhatItHasAskedForBeforeItStoppedSending() throws IOException {
    Deque<Runnable> checks = new ArrayDeque<>();
    guarded = new GuardedClients(loop, folder, ", auth: USERS", checks::add);
    FakeSocket socket = guarded.connect();
    socket.receive(LOGIN + "mn\r\n");
    socket.endInput();

    checks.remove().run();
    loop.turn();

    assertThat(socket.sent()).isEqualTo("STORED\r\nMN\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void isToldTheVerdictBeforeItIsClosedInADrain() throws IOException {
    Deque<Runnable> checks = new ArrayDeque<>();
    guarded = new GuardedClients(loop, folder, ", auth: USERS", checks::add);
    FakeSocket waiting = guarded.connect();
    FakeSocket idle = guarded.connect();
    waiting.receive(LOGIN);

    guarded.clients.clients.drain(Duration.ZERO);
    loop.advance(Duration.ofSeconds(1));
    assertThat(waiting.isOpen()).isTrue();
    checks.remove().run();
    loop.advance(Duration.ofSeconds(2));

    assertThat(waiting.sent()).isEqualTo("STORED\r\n");
    assertThat(waiting.isOpen()).isFalse();
    assertThat(idle.isOpen()).isFalse();
  }

  @Test
  void isToldToTryAgainWhenTooManyAreChecked() throws IOException {
    guarded =
        new GuardedClients(
            loop,
            folder,
            ", auth: USERS",
            check -> {
              throw new RejectedExecutionException();
            });
    FakeSocket socket = guarded.connect();
    socket.receive(LOGIN);

    assertThat(socket.sent())
        .isEqualTo("SERVER_ERROR too many clients authenticate at once, try again\r\n");
    assertThat(count(Counter.CLIENTS_AUTHENTICATE_REJECTED)).isEqualTo(1);
  }
}
