package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogPauseTest {
  private final long start = System.nanoTime() + Duration.ofHours(1).toNanos();
  private final LogPause pause = new LogPause(Duration.ofSeconds(10));

  @Test
  void lineComesOnceInAWhile() {
    assertThat(nextAfter(0)).isZero();
    assertThat(nextAfter(1)).isEqualTo(LogPause.QUIET);
    assertThat(nextAfter(9)).isEqualTo(LogPause.QUIET);
    assertThat(nextAfter(10)).isEqualTo(2);
    assertThat(nextAfter(11)).isEqualTo(LogPause.QUIET);
    assertThat(nextAfter(30)).isEqualTo(1);
    assertThat(nextAfter(60)).isZero();
  }

  private int nextAfter(int seconds) {
    return pause.next(start + Duration.ofSeconds(seconds).toNanos());
  }
}
