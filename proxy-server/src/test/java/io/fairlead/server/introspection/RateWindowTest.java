package io.fairlead.server.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  private static final long START = -TimeUnit.SECONDS.toNanos(100); // clocks may begin anywhere

  private final RateWindow window = new RateWindow(START, Map.of());

  private static long after(long seconds) {
    return START + TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void isOverTheTimeSinceTheStartAtFirst() {
    window.add(after(5), Map.of("gets", 50L));

    assertThat(window.rate("gets", after(10), 200)).isEqualTo(20);
  }

  @Test
  void forgetsWhatWasMinutesAgo() {
    for (long second = 0; second <= 1000; second += 5) {
      window.add(after(second), Map.of("gets", second < 700 ? second * 1000 : 700_000L));
    }

    assertThat(window.rate("gets", after(1000), 700_000)).isZero();
    assertThat(window.rate("gets", after(1000), 700_240)).isEqualTo(1);
  }

  @Test
  void isNothingForWhatWasNeverCountedOrBeganAgain() {
    window.add(after(1), Map.of("gets", 7L));

    assertThat(window.rate("sets", after(2), 0)).isZero();
    for (long second = 5; second <= 500; second += 5) {
      window.add(after(second), Map.of("gets", 7L));
    }
    assertThat(window.rate("gets", after(500), 3)).isZero();
  }
}
