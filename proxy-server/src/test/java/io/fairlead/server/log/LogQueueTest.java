package io.fairlead.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.fairlead.faults.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Set up as the process is, with a standard error of the test's own. */
@Timeout(60)
class LogQueueTest {
  private static final int ROOM = 1024;
  private static final String LOST = "msg=\"lines of the log were lost";

  @TempDir private Path folder;

  private final LoggerContext context = new LoggerContext();
  private final PrintStream usual = System.err;
  private final StalledStream err = new StalledStream();
  private Logger log;

  @BeforeEach
  void configure() {
    System.setErr(new PrintStream(err, true, UTF_8));
    context.setMDCAdapter(new LogbackMDCAdapter());
    new LogSetup().configure(context);
    log = context.getLogger("fairlead");
  }

  @AfterEach
  void stop() {
    err.goOn.countDown();
    context.stop();
    System.setErr(usual);
  }

  @Test
  void whoeverLogsGoesOnWhileNobodyReadsAndIsToldLaterHowMuchWasLost() throws Exception {
    log.info("first");
    err.began.await(); // the first one is being written
    for (int i = 0; i < ROOM + 500; i++) {
      log.info("line");
    }

    err.goOn.countDown();
    Await.until("all is written", () -> err.text().lines().count() == 1 + ROOM + 1);

    assertThat(err.text().lines().filter(line -> line.contains("msg=\"line\""))).hasSize(ROOM);
    assertThat(err.text()).containsOnlyOnce(LOST).contains("lines=\"500\"");
  }

  @Test
  void nothingIsSaidWhereNothingWasLost() {
    err.goOn.countDown();
    log.info("first");
    log.info("last");
    Await.until("all is written", () -> err.text().contains("msg=\"last\""));

    assertThat(err.text()).contains("msg=\"first\"").doesNotContain(LOST);
  }

  @Test
  void aFullDiskLosesLinesAndTheFirstThatFitsIsFollowedByTheirNumber() throws Exception {
    Path file = Files.createSymbolicLink(folder.resolve("log"), Path.of("/dev/full"));
    LogFile logFile = LogFile.open(file);
    long before = LogFile.failures();
    for (int i = 0; i < 3; i++) {
      log.info("lost");
    }
    Await.until("three lines have failed", () -> LogFile.failures() == before + 3);

    Files.delete(file);
    logFile.reopen();
    log.info("written");
    Await.until("two lines are written", () -> text(file).lines().count() == 2);

    assertThat(text(file))
        .doesNotContain("msg=\"lost\"")
        .contains("msg=\"written\"", LOST)
        .endsWith("lines=\"3\"\n");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes nothing until it is told to go on. */
  private static final class StalledStream extends OutputStream {
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      began.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
      taken.write(bytes, from, length);
    }

    String text() {
      return taken.toString(UTF_8);
    }
  }
}
