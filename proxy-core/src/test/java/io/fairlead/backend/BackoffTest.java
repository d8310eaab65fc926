package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long[] STEPS_MILLIS = {20, 40, 80, 160, 320, 640, 1000, 1000, 1000};

  private final Backoff backoff = new Backoff();

  @RepeatedTest(20)
  void pausesDoubleUpToASecondAndAreAtLeastHalfOfTheirStep() {
    for (long millis : STEPS_MILLIS) {
      long step = TimeUnit.MILLISECONDS.toNanos(millis);

      assertThat(backoff.nextNanos()).isBetween(step / 2, step);
    }
  }

  @Test
  void staysAtItsLongestForEver() {
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.nextNanos()).isBetween(1L, TimeUnit.SECONDS.toNanos(1));
    }
  }

  @Test
  void startsOverAfterSuccess() {
    for (int i = 0; i < 10; i++) {
      backoff.nextNanos();
    }

    backoff.reset();

    assertThat(backoff.nextNanos()).isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    assertThat(backoff.nextNanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
  }
}
