package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.health.ServerStatus.State;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HealthLogTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(HealthLog.class);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final HealthLog log = new HealthLog("main", "cache-a", "10.0.0.1:11211");
  private final HealthReport up = HealthReport.of(State.UP, 0);
  private final HealthReport ejected =
      new HealthReport(
          State.EJECTED,
          FailureKind.CONNECT_FAILED,
          3,
          Map.of(FailureKind.CONNECT_FAILED, 3L),
          Map.of(FailureKind.CONNECT_FAILED, 1L, FailureKind.TIMEOUT, 4L),
          2,
          Duration.ofMillis(231));
  private long now = -5;

  @BeforeEach
  void record() {
    lines.start();
    LOG.setLevel(Level.INFO);
    LOG.setAdditive(false);
    LOG.addAppender(lines);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(lines);
    LOG.setAdditive(true);
    LOG.setLevel(null);
  }

  @Test
  void tellsOfBothStatesTheReasonCountsAndTheNextProbe() {
    log.changed(now, State.UP, ejected);

    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARN);
              assertThat(line.getFormattedMessage()).isEqualTo("server state");
            });
    assertThat(pairs(0))
        .isEqualTo(
            "pool=main server=cache-a address=10.0.0.1:11211 from=up to=ejected"
                + " reason=connect failed failures=3 ejections=5 probes=2 next_probe=231ms");
  }

  @Test
  void leavesOutWhatThereIsNotToTell() {
    log.changed(now, State.RAMPING, up);

    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(pairs(0)).endsWith("from=ramping to=up failures=0 ejections=0 probes=0");
  }

  @Test
  void aServerThatChangesAllTheTimeGetsTenLinesAMinuteOfWhichTheLastSaysHowManyWereLeftOut() {
    for (int change = 0; change < 100; change++) {
      pass(MINUTE / 101);
      log.changed(now, change % 2 == 0 ? State.UP : State.EJECTED, change % 2 == 0 ? ejected : up);
      log.settle(now, up);
    }
    assertThat(lines.list).hasSize(9);

    pass(MINUTE / 50);
    log.settle(now, up);

    assertThat(lines.list).hasSize(10);
    assertThat(pairs(9)).contains("from=ejected to=up").endsWith("changes_left_out=91");
    log.settle(now, up);
    assertThat(lines.list).as("once").hasSize(10);
  }

  @Test
  void aChangeAfterAQuietMinuteSaysItToo() {
    for (int change = 0; change < 20; change++) {
      log.changed(now, State.UP, ejected);
    }
    pass(MINUTE);
    log.changed(now, State.EJECTED, up);

    assertThat(lines.list).hasSize(10);
    assertThat(pairs(9)).endsWith("changes_left_out=11");
  }

  @Test
  void nothingIsSaidOfChangesThatWereAllTold() {
    log.changed(now, State.UP, ejected);
    pass(2 * MINUTE);
    log.settle(now, ejected);

    assertThat(lines.list).hasSize(1);
  }

  @Test
  void noMinuteHasMoreThanTenLines() {
    for (int second = 0; second < 600; second++) {
      pass(TimeUnit.SECONDS.toNanos(1));
      log.changed(now, State.UP, ejected);
      log.settle(now, up);
    }
    assertThat(lines.list).hasSizeBetween(90, 100);
  }

  @Test
  void panicThatComesAndGoesIsToldAsSparingly() {
    PanicLog panic = new PanicLog("main");
    PanicSettings settings = new PanicSettings(50, InPanic.ERROR);
    for (int change = 0; change < 30; change++) {
      panic.changed(now, change % 2 == 0, 1, 4, settings);
    }
    pass(MINUTE);
    panic.settle(now, false, 3, 4, settings);

    assertThat(lines.list).hasSize(10);
    assertThat(lines.list.get(0).getFormattedMessage()).isEqualTo("pool in panic");
    assertThat(pairs(0)).isEqualTo("pool=main healthy=1 servers=4 below_percent=50 then=error");
    assertThat(lines.list.get(9).getFormattedMessage()).isEqualTo("pool is out of panic");
    assertThat(pairs(9)).endsWith("changes_left_out=21");
  }

  private void pass(long nanos) {
    now += nanos;
  }

  private String pairs(int line) {
    return lines.list.get(line).getKeyValuePairs().stream()
        .map(pair -> pair.key + "=" + pair.value)
        .collect(Collectors.joining(" "));
  }
}
