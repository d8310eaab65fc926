package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHealthTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void ejectsAtTheLastOfSoManyFailuresInARow(int failures) {
    ServerHealth health = health(failures);
    for (int i = 1; i < failures; i++) {
      assertThat(health.failed()).isFalse();
      assertThat(health.isUp()).isTrue();
    }

    assertThat(health.failed()).isTrue();

    assertThat(health.isUp()).isFalse();
    assertThat(health.failuresInARow()).isEqualTo(failures);
  }

  @Test
  void ejectsOnlyOnce() {
    ServerHealth health = health(1);
    assertThat(health.failed()).isTrue();

    assertThat(health.failed()).isFalse();
    assertThat(health.failuresInARow()).isEqualTo(2);
  }

  @Test
  void anAnswerForgetsEarlierFailures() {
    ServerHealth health = health(2);
    for (int i = 0; i < 10; i++) {
      assertThat(health.failed()).isFalse();
      health.answered();
      assertThat(health.failuresInARow()).isZero();
    }

    assertThat(health.isUp()).isTrue();
  }

  @Test
  void aLateAnswerDoesNotBringAnEjectedServerBack() {
    ServerHealth health = health(1);
    health.failed();

    health.answered();

    assertThat(health.isUp()).isFalse();
    assertThat(health.failuresInARow()).isEqualTo(1);
  }

  @Test
  void aProbeThatIsAnsweredBringsItBackWithACleanRecord() {
    ServerHealth health = health(2);
    health.failed();
    health.failed();

    health.probeAnswered();

    assertThat(health.isUp()).isTrue();
    assertThat(health.failuresInARow()).isZero();
    assertThat(health.failed()).isFalse();
    assertThat(health.failed()).isTrue();
  }

  @Test
  void neverEjectsWhenThatIsOff() {
    ServerHealth health = new ServerHealth(EjectSettings.OFF);

    for (int i = 1; i <= 100; i++) {
      assertThat(health.failed()).isFalse();
      assertThat(health.failuresInARow()).isEqualTo(i);
    }

    assertThat(health.isUp()).isTrue();
  }

  private static ServerHealth health(int failures) {
    return new ServerHealth(
        new EjectSettings(true, failures, Duration.ofSeconds(2), WhileEjected.REHASH));
  }
}
