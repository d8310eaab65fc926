package io.fairlead.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenSizeTest {
  @ParameterizedTest
  @CsvSource({
    "24 80, 80, 24",
    "50 200, 200, 50",
    "0 0, 80, 24",
    "0 100, 80, 24",
    "'', 80, 24",
    "stty: what, 80, 24",
  })
  void isWhatTheTerminalSaysOrElseTheUsualOne(String said, int width, int height) {
    assertThat(ScreenSize.parse(said)).isEqualTo(new ScreenSize(width, height));
  }
}
