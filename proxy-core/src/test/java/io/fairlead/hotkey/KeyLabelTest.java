package io.fairlead.hotkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.HotKeySettings.Show;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLabelTest {
  @ParameterizedTest
  @CsvSource({
    "FULL, user:42, user:42",
    "FULL, a\\b, a\\\\b",
    "FULL, a b, a\\x20b",
    "FULL, schlüssel, schl\\xc3\\xbcssel",
    "SHORT, user:42, user:42",
    "SHORT, user:123, user:123",
    "SHORT, user:1234, user:123...",
    "SHORT, schlüssel, schl\\xc3\\xbcss...",
    "HASH, hello, 2cf24dba5fb0a30e"
  })
  void showsOfAKeyWhatMayBeShown(Show show, String key, String label) {
    assertThat(KeyLabel.of(key.getBytes(StandardCharsets.UTF_8), show)).isEqualTo(label);
  }
}
