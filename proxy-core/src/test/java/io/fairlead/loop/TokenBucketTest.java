package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
  private static final long START = Long.MAX_VALUE - 5; // clocks may run over

  private static int taken(TokenBucket bucket, long millis, int requests) {
    int taken = 0;
    for (int i = 0; i < requests; i++) {
      taken += bucket.take(START + TimeUnit.MILLISECONDS.toNanos(millis)) ? 1 : 0;
    }
    return taken;
  }

  @ParameterizedTest
  @CsvSource({
    // rate, burst, at once, then after so long, so many more
    "10, 10, 10, 0, 0",
    "10, 10, 10, 99, 0",
    "10, 10, 10, 100, 1",
    "10, 10, 10, 250, 2",
    "10, 10, 10, 1000, 10",
    "10, 10, 10, 3600000, 10",
    "10, 3, 3, 1000, 3",
    "1, 5, 5, 1000, 1",
    "0.5, 1, 1, 1999, 0",
    "0.5, 1, 1, 2000, 1",
    "0, 2, 2, 3600000, 0",
    "5, 0, 0, 1000, 0",
  })
  void fillsWithTimeUpToTheBurst(double rate, double burst, int atOnce, long millis, int later) {
    TokenBucket bucket = new TokenBucket(rate, burst, START);

    assertThat(taken(bucket, 0, 100)).isEqualTo(atOnce);
    assertThat(taken(bucket, millis, 100)).isEqualTo(later);
  }

  @Test
  void letsTheRatePassHoweverTheRequestsCome() {
    TokenBucket bucket = new TokenBucket(100, 1, START);

    int passed = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      passed += taken(bucket, millis, 3);
    }

    assertThat(passed).isBetween(999, 1001);
  }
}
