package io.fairlead.route.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyExpirySettings.Action;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiriesTest {
  private static final long NOW = 1_700_000_000;

  @ParameterizedTest
  @CsvSource({
    "SET, 60,         0,          60",
    "SET, 60,         10,         60",
    "SET, 0,          10,         0",
    "SET, 60,         -1,         -1",
    "MIN, 60,         0,          60",
    "MIN, 60,         10,         10",
    "MIN, 60,         61,         60",
    "MIN, 60,         -1,         -1",
    "MIN, 0,          10,         10",
    "MIN, 0,          0,          0",
    "MIN, -1,         10,         -1",
    "MIN, -1,         0,          -1",
    "MIN, 2592000,    2592001,    2592001",
    "MIN, 60,         1700000059, 1700000059",
    "MIN, 60,         1700000061, 60",
    "MIN, 60,         1600000000, 1600000000",
    "MIN, 1700000060, 59,         59",
    "MIN, 1700000060, 61,         1700000060",
    "MIN, 1700000060, 1700000061, 1700000060",
    "MIN, 1700000060, 0,          1700000060",
  })
  void theConfiguredOneCounts(Action action, int configured, int expiry, int expected) {
    ModifyExpirySettings settings =
        new ModifyExpirySettings(
            new AnswerSettings(AnswerSettings.Kind.NULL, ""), configured, action);

    assertThat(Expiries.change(settings, () -> NOW).applyAsInt(expiry)).isEqualTo(expected);
  }
}
