package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoopWatchdogTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(LoopWatchdog.class);

  private final AtomicLong now = new AtomicLong();
  private final DefaultEventLoop stuck = new DefaultEventLoop();
  private final DefaultEventLoop other = new DefaultEventLoop();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final LoopWatchdog watchdog =
      new LoopWatchdog(List.of(stuck, other), Duration.ofSeconds(10), now::get);

  @BeforeEach
  void record() {
    log.start();
    LOG.setLevel(Level.INFO);
    LOG.addAppender(log);
  }

  @AfterEach
  void stop() throws InterruptedException {
    LOG.detachAppender(log);
    LOG.setLevel(null);
    end.countDown();
    watchdog.close();
    stuck.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    other.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  @Test
  void loopThatDoesNotEndItsTurnIsStuckUntilItDoes() throws Exception {
    pass(1);
    block();

    pass(11);
    assertThat(watchdog.problems()).isEmpty();
    pass(1);
    assertThat(watchdog.problems()).hasSize(1);
    assertThat(watchdog.problems().get(0))
        .startsWith("event loop " + stuck.threadProperties().name())
        .endsWith(" has not ended a turn for 11 s");

    end.countDown();
    awaitTurn(stuck);
    pass(1);
    assertThat(watchdog.problems()).isEmpty();
  }

  @Test
  void logsOnceWhereItIsStuckAndOnceThatItTurns() throws Exception {
    pass(1);
    block();

    pass(30);
    end.countDown();
    awaitTurn(stuck);
    pass(1);

    assertThat(log.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.ERROR, Level.INFO);
    assertThat(log.list.get(0).getKeyValuePairs().toString())
        .contains("LoopWatchdogTest", "CountDownLatch.await")
        .doesNotContain("\n");
  }

  @Test
  void timeInWhichTheWholeProcessStoodStillDoesNotCount() throws Exception {
    pass(1);
    block();
    pass(5);

    now.addAndGet(3600 * SECOND);
    watchdog.check(now.get());
    assertThat(watchdog.problems()).isEmpty();

    pass(10);
    assertThat(watchdog.problems()).hasSize(1);
  }

  @Test
  void theLagOfALoopThatDoesNotTurnGrows() throws Exception {
    pass(1);
    block();
    pass(3);

    assertThat(watchdog.lags().get(0)).isEqualTo(Duration.ofSeconds(2));
    now.addAndGet(SECOND);
    assertThat(watchdog.lags().get(0)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void loopThatHasEndedIsNotStuck() throws Exception {
    stuck.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();

    pass(60);

    assertThat(watchdog.problems()).isEmpty();
  }

  private void block() throws InterruptedException {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    stuck.execute(
        () -> {
          thread.complete(Thread.currentThread());
          awaitEnd();
        });
    while (thread.join().getState() != Thread.State.WAITING) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A check each second, between which loops that can turn do. */
  private void pass(int seconds) throws Exception {
    for (int i = 0; i < seconds; i++) {
      now.addAndGet(SECOND);
      watchdog.check(now.get());
      awaitTurn(other);
    }
  }

  private static void awaitTurn(DefaultEventLoop loop) throws Exception {
    loop.submit(() -> {}).get();
  }
}
