package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ServerStatus.State;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthLogTest {
  private final HealthLog log = new HealthLog("pool", "server", "cache:11211");
  private final HealthReport ejected = HealthReport.of(State.EJECTED, 3);

  @Test
  void tellsOfTenChangesInAMinute() {
    long began = -5;
    for (int change = 0; change < 100; change++) {
      boolean told = log.changed(began + change, State.UP, ejected);
      assertThat(told).isEqualTo(change < 10);
    }
    assertThat(log.changed(began + TimeUnit.MINUTES.toNanos(1), State.UP, ejected)).isTrue();
  }
}
