package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
  private static final long NOW = 1_700_000_000;

  @ParameterizedTest
  @CsvSource({
    // seconds that are left, the expiry
    "-1, 0",
    "0, 1",
    "1, 1",
    "2592000, 2592000",
    "2592001, 1702592001",
    "447483647, 2147483647",
    "447483648, 2147483647",
  })
  void timeThatIsLeftBecomesAnExpiry(long ttl, int expiry) {
    assertThat(Expiry.after(ttl, NOW)).isEqualTo(expiry);
  }

  @ParameterizedTest
  @CsvSource({
    // expiry, limit, which comes first
    "0, 60, 60",
    "30, 60, 30",
    "90, 60, 60",
    "-1, 60, -1",
    "90, 0, 90",
    "1700000030, 60, 1700000030",
    "1700000090, 60, 60",
  })
  void limitedExpiryIsTheFirstOfTwo(int expiry, int limit, int first) {
    assertThat(Expiry.sooner(expiry, limit, () -> NOW)).isEqualTo(first);
  }
}
