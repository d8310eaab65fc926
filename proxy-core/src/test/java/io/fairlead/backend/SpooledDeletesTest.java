package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.SpoolSettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.spool.DeleteSpool;
import io.fairlead.spool.LoopSpool;
import io.fairlead.spool.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real spool; what it tells the loop is passed on when the test says so. */
class SpooledDeletesTest {
  private static final Address SERVER = new Address.Tcp("cache", 11211);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  @RegisterExtension final TestLoop loop = new TestLoop();
  @TempDir Path directory;

  private final LinkedBlockingQueue<Runnable> forLoop = new LinkedBlockingQueue<>();
  private final Outcomes client = new Outcomes();
  private @Nullable DeleteSpool opened;

  @BeforeEach
  void openSpool() {
    opened = DeleteSpool.start(SpoolSettings.in(directory));
  }

  @AfterEach
  void closeSpool() {
    spool().close();
  }

  private DeleteSpool spool() {
    return Objects.requireNonNull(opened);
  }

  private FakeServer start() {
    return new FakeServer(loop, EjectSettings.OFF, spool().forLoop(0, forLoop::add));
  }

  @Test
  void passesOnWhatTheServerAnswers() {
    FakeServer server = start();
    server.send(client, 3, "delete a\r\n");
    server.send(client, 4, "delete b\r\n");
    FakeSocket socket = server.accept();
    socket.receive("DELETED\r\nSERVER_ERROR out of memory\r\n");

    assertThat(client.told()).containsExactly("3 DELETED/", "4 SERVER_ERROR out of memory/");
  }

  @Test
  void answersNotFoundOnlyWhenTheDeleteIsKept() throws InterruptedException {
    FakeServer server = start();
    server.send(client, 3, "delete a\r\n");
    server.refuse();
    assertThat(client.told()).isEmpty();

    hear();

    assertThat(client.told()).containsExactly("3 NOT_FOUND/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          md key         | NF/               | delete key/
          md key q       | NF/               | delete key/
          md key O12 k   | NF O12 kkey/      | delete key/
          md key  k  q O1| NF kkey O1/       | delete key/
          md YSBi b k    | NF kYSBi b/       | md YSBi b/
          md a2V5 b O7   | NF O7/            | delete key/
          """)
  void answersAMetaDeleteAsMemcachedAnswersAMiss(String request, String reply, String replayed)
      throws InterruptedException {
    FakeServer server = start();
    server.send(client, 0, request + "\r\n");
    server.refuse();
    hear();

    assertThat(client.told()).containsExactly("0 " + reply);
    FakeSocket replay = server.accept();
    hear();
    assertThat(replay.sent()).isEqualTo(replayed.replace("/", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "md key C5",
    "md key I T30",
    "md key x",
    "set key 0 0 0",
    "touch key 1",
    "incr key 1"
  })
  void keepsNothingThatIsMoreThanADelete(String request) {
    FakeServer server = start();
    server.send(client, 0, request + "\r\n" + (request.startsWith("set") ? "\r\n" : ""));
    server.refuse();

    assertThat(client.told()).containsExactly("0 CONNECT_FAILED");
    assertThat(forLoop).isEmpty();
  }

  @Test
  void tellsTheServerBeforeAnythingElse() throws InterruptedException {
    FakeServer server = start();
    server.send(client, 0, "delete a\r\n");
    FakeSocket lost = server.accept();
    lost.disconnectByPeer();
    hear();
    assertThat(client.told()).containsExactly("0 NOT_FOUND/");

    server.get(client, 1, "a");
    server.send(client, 2, "set a 0 0 1\r\nx\r\n");
    server.send(client, 3, "mg a v\r\n");
    assertThat(client.told()).containsExactly("1 CATCHING_UP", "2 CATCHING_UP", "3 CATCHING_UP");
    FakeSocket replay = server.accept();
    hear();
    assertThat(replay.sent()).isEqualTo("delete a\r\n");
    server.get(client, 4, "a");
    assertThat(client.told()).containsExactly("4 CATCHING_UP");

    replay.receive("DELETED\r\n");
    hear();

    server.get(client, 5, "a");
    FakeSocket usual = server.accept();
    assertThat(usual.sent()).isEqualTo("get a\r\n");
    usual.receive("END\r\n");
    assertThat(client.told()).containsExactly("5 miss");
    assertThat(replay.isOpen()).isFalse();
  }

  @Test
  void sendsDeletesWhileTheServerIsToldOfOthers() throws InterruptedException {
    FakeServer server = start();
    server.send(client, 0, "delete a\r\n");
    server.refuse();
    hear();
    client.told();
    FakeSocket replay = server.accept();
    hear();

    loop.advance(LONGEST_PAUSE);
    server.send(client, 1, "delete b\r\n");
    FakeSocket usual = server.accept();

    assertThat(usual.sent()).isEqualTo("delete b\r\n");
    usual.receive("DELETED\r\n");
    assertThat(client.told()).containsExactly("1 DELETED/");
    replay.receive("NOT_FOUND\r\n");
    hear();
    assertThat(spool().stats().get(SpoolCounter.REPLAYED)).isEqualTo(1);
  }

  @Test
  void triesAgainWhenTheServerFailsOnceMore() throws InterruptedException {
    FakeServer server = start();
    server.send(client, 0, "delete a\r\n");
    server.accept().disconnectByPeer();
    hear();
    server.refuse();

    loop.advance(LONGEST_PAUSE);
    FakeSocket broken = server.accept();
    hear();
    broken.receive("SERVER_ERROR busy\r\n");
    assertThat(broken.isOpen()).isFalse();
    while (server.attempts() == 0) {
      loop.advance(LONGEST_PAUSE);
    }
    FakeSocket replay = server.accept();
    hear();

    assertThat(replay.sent()).isEqualTo("delete a\r\n");
  }

  @Test
  void givesUpWhatTheServerWillNeverAccept() throws InterruptedException {
    FakeServer server = start();
    server.send(client, 0, "delete a\r\n");
    server.refuse();
    hear();
    FakeSocket replay = server.accept();
    hear();

    replay.receive("CLIENT_ERROR bad key\r\n");
    hear();

    assertThat(spool().stats().get(SpoolCounter.DROPPED_REJECTED)).isEqualTo(1);
    assertThat(server.server().availability().isCatchingUp()).isFalse();
  }

  @Test
  void givesUpAServerThatDoesNotAnswer() throws InterruptedException {
    FakeServer server = start();
    server.send(client, 0, "delete a\r\n");
    server.refuse();
    hear();
    FakeSocket silent = server.accept();
    hear();

    loop.advance(FakeServer.TIMEOUT.plusSeconds(1));

    assertThat(silent.isOpen()).isFalse();
    assertThat(server.server().availability().isCatchingUp()).isTrue();
  }

  @Test
  void isHeldBackByWhatAnotherLoopHasKept() throws InterruptedException {
    FakeServer server = start();
    LinkedBlockingQueue<Runnable> otherLoop = new LinkedBlockingQueue<>();
    LoopSpool other = spool().forLoop(1, otherLoop::add);
    other.add(SERVER, "pool", "a".getBytes(StandardCharsets.US_ASCII), new Ignored());
    Runnable told = otherLoop.poll(10, TimeUnit.SECONDS);
    assertThat(told).isNotNull();

    server.get(client, 0, "a");

    assertThat(client.told()).containsExactly("0 CATCHING_UP");
  }

  @Test
  void tellsTheServerFirstWhatWasLeftByTheLastProcess() throws InterruptedException {
    FakeServer before = start();
    before.send(client, 0, "delete a\r\n");
    before.refuse();
    hear();
    client.told();
    client.forget();
    spool().close();
    openSpool();
    forLoop.clear();

    FakeServer server = start();
    server.get(client, 0, "a");
    assertThat(client.told()).containsExactly("0 CATCHING_UP");
    loop.advance(LONGEST_PAUSE);
    FakeSocket replay = server.accept();
    hear();

    assertThat(replay.sent()).isEqualTo("delete a\r\n");
  }

  /** As in a takeover, where the process before has the directory for a while. */
  @Test
  void tellsTheServerWhatIsFoundWhileItServes() throws InterruptedException {
    FakeServer before = start();
    DeleteSpool waiting = DeleteSpool.startBeside(SpoolSettings.in(directory));
    FakeServer server = new FakeServer(loop, EjectSettings.OFF, waiting.forLoop(0, forLoop::add));
    before.send(client, 0, "delete a\r\n");
    before.refuse();
    hear();
    client.told();
    server.get(client, 1, "a");
    server.accept().receive("END\r\n");
    assertThat(client.told()).containsExactly("1 miss");

    before.server().close();
    spool().close();
    opened = waiting;
    waiting.openNow();
    while (!waiting.forLoop(0, forLoop::add).backlog(SERVER).isPending()) {
      Thread.onSpinWait();
    }
    server.get(client, 2, "a");

    assertThat(client.told()).containsExactly("2 CATCHING_UP");
    loop.advance(LONGEST_PAUSE);
    FakeSocket replay = server.accept();
    hear();
    assertThat(replay.sent()).isEqualTo("delete a\r\n");
  }

  @Test
  void answersTheDeletesOwnErrorWhenItCannotBeKept() {
    spool().close();
    FakeServer server = start();
    server.send(client, 0, "delete a\r\n");

    server.refuse();

    assertThat(client.told()).containsExactly("0 CONNECT_FAILED");
    assertThat(server.server().availability().isCatchingUp()).isFalse();
  }

  /** Lets the loop hear what the spool tells it next. */
  private void hear() throws InterruptedException {
    Runnable told = forLoop.poll(10, TimeUnit.SECONDS);
    assertThat(told).as("what the spool tells").isNotNull();
    told.run();
    loop.turn();
  }

  private static final class Ignored implements Receipt {
    @Override
    public void onSpooled() {}

    @Override
    public void onRefused() {}
  }
}
