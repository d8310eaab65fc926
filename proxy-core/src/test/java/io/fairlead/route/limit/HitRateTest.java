package io.fairlead.route.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SlowWarmUpSettings;
import org.junit.jupiter.api.Test;

class HitRateTest {
  private static final RouteSettings NOTHING = new AnswerSettings(AnswerSettings.Kind.NULL, "");
  private static final int READS = 100;

  private final HitRate rate =
      new HitRate(new SlowWarmUpSettings(NOTHING, NOTHING, 0.7, 0.9, 0.1, 1, READS));

  private void count(int hits, int misses) {
    for (int i = 0; i < Math.max(hits, misses); i++) {
      if (i < hits) {
        rate.count(true);
      }
      if (i < misses) {
        rate.count(false);
      }
    }
  }

  @Test
  void isNotKnownBeforeEnoughReads() {
    count(0, READS - 1);
    assertThat(rate.isCold()).isFalse();

    count(0, 1);
    assertThat(rate.isCold()).isTrue();
  }

  @Test
  void aServerWithEnoughHitsIsWarm() {
    count(71, 29);

    assertThat(rate.isCold()).isFalse();
  }

  @Test
  void aColdServerGetsMoreTheMoreItHits() {
    count(0, READS);
    assertThat(rate.share()).isEqualTo(0.1);

    count(READS / 2, 0);
    assertThat(rate.isCold()).isTrue();
    assertThat(rate.share()).isCloseTo(0.1 + 1.0 / 3, within(0.001));
  }

  @Test
  void aColdServerIsWarmOnlyAboveTheHigherThreshold() {
    count(0, READS);
    count(4 * READS, 0);
    assertThat(rate.isCold()).as("93 of 100").isFalse();

    count(READS, READS);
    assertThat(rate.isCold()).isTrue();
    count(80, 20);
    assertThat(rate.isCold()).as("between the thresholds").isTrue();
  }

  @Test
  void aServerThatLosesEverythingIsSoonColdHoweverLongItWasWarm() {
    count(1_000_000, 0);

    count(0, READS);

    assertThat(rate.isCold()).isTrue();
  }
}
