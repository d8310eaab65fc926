package io.fairlead.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private long nanos;
  private long compiledMillis;
  private final Pace pace = new Pace(() -> nanos, () -> compiledMillis);

  /** A tenth of a second goes by, in which the compiler works for so long. */
  private boolean isSteadyAfter(long busyMillis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(100);
    compiledMillis += busyMillis;
    return pace.isSteady();
  }

  @Test
  void isSteadyWhenTheCompilerHasHadLittleToDoThreeTimesInARow() {
    assertThat(isSteadyAfter(190)).isFalse();
    assertThat(isSteadyAfter(24)).isFalse();
    assertThat(isSteadyAfter(0)).isFalse();
    assertThat(isSteadyAfter(10)).isTrue();
  }

  @Test
  void beginsAnewWhenTheCompilerHasMoreToDo() {
    assertThat(isSteadyAfter(0)).isFalse();
    assertThat(isSteadyAfter(0)).isFalse();
    assertThat(isSteadyAfter(25)).isFalse();
    assertThat(isSteadyAfter(0)).isFalse();
    assertThat(isSteadyAfter(0)).isFalse();
    assertThat(isSteadyAfter(0)).isTrue();
  }

  @Test
  void judgesNothingBeforeATenthOfASecondIsOver() {
    for (int i = 0; i < 299; i++) {
      nanos += TimeUnit.MILLISECONDS.toNanos(1);
      assertThat(pace.isSteady()).isFalse();
    }
    nanos += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(pace.isSteady()).isTrue();
  }

  @Test
  void isNeverSteadyWhereNobodyKnowsWhatTheCompilerDoes() {
    Pace unknown = new Pace(() -> nanos, null);
    for (int i = 0; i < 100; i++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      assertThat(unknown.isSteady()).isFalse();
    }
  }
}
