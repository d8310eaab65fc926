package io.fairlead.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeOptionTest {
  @ParameterizedTest
  @CsvSource({"1ms, PT0.001S", "250ms, PT0.25S", "2s, PT2S", "3m, PT3M"})
  void readsNumberAndUnit(String text, Duration duration) {
    assertThat(new TimeOption().convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "ms", "-1s", "0s", "1.5s", "1 s", "1h", "9999999999s"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> new TimeOption().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith(text + " (expected: ");
  }
}
