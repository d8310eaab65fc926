package io.fairlead.placement;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyShapeTest {
  @ParameterizedTest
  @CsvSource({
    "SHORT,        k42",
    "USER,         user:42",
    "USER_PROFILE, user:42:profile",
    "HEX,          [0-9a-f]{32}",
    "UUIDS,        [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
  })
  void looksLikeItsName(KeyShape shape, String pattern) {
    assertThat(new String(shape.key(42), US_ASCII)).matches(pattern);
  }

  @ParameterizedTest
  @EnumSource(KeyShape.class)
  void givesADifferentKeyForEachNumber(KeyShape shape) {
    Set<String> keys = new HashSet<>();
    for (int number = 0; number < 20_000; number++) {
      keys.add(new String(shape.key(number), US_ASCII));
    }

    assertThat(keys).hasSize(20_000);
    assertThat(keys)
        .allMatch(key -> KeyRule.refusal(key.getBytes(US_ASCII), 0, key.length()) == null);
  }
}
