package io.fairlead.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private final Latency latency = new PoolStats("p").addServer("s").latency();

  @Test
  void isNothingBeforeTheFirstReply() {
    assertThat(latency.averageNanos()).isZero();
  }

  @Test
  void beginsWithTheFirstTime() {
    latency.record(1000);
    assertThat(latency.averageNanos()).isEqualTo(1000);
  }

  @Test
  void movesTowardsNewTimesSlowly() {
    latency.record(1000);
    latency.record(17_000);
    assertThat(latency.averageNanos()).isEqualTo(2000);
    for (int i = 0; i < 200; i++) {
      latency.record(17_000);
    }
    assertThat(latency.averageNanos()).isBetween(16_900L, 17_000L);
  }

  @Test
  void aReplyThatTakesNoTimeIsAReply() {
    latency.record(0);
    assertThat(latency.averageNanos()).isEqualTo(1);
  }
}
