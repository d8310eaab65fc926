package io.fairlead.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "NaN, -",
    "0, 0",
    "0.04, 0.0",
    "3.44, 3.4",
    "9.94, 9.9",
    "9.96, 10",
    "342.4, 342",
    "9999.4, 9999",
    "9999.6, 10.0k",
    "12345, 12.3k",
    "99949, 99.9k",
    "99951, 100k",
    "999499, 999k",
    "999501, 1.0M",
    "1.5e9, 1.5G",
    "9e18, 9.0E",
    "9e21, 9000E",
  })
  void saysHowOftenInFewCharacters(double perSecond, String expected) {
    assertThat(Figures.rate(perSecond)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"NaN, -", "-1, -", "0, 0.0%", "0.9013, 90.1%", "1, 100.0%"})
  void saysPartsAsPercent(double part, String expected) {
    assertThat(Figures.percent(part)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, -",
    "0, 0.000",
    "92, 0.092",
    "9999, 9.999",
    "10000, 10.00",
    "99994, 99.99",
    "99996, 100.0",
    "999949, 999.9",
    "1234567, 1235",
  })
  void saysMicrosecondsAsMilliseconds(long micros, String expected) {
    assertThat(Figures.millis(micros)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min 0 s",
    "3599, 59 min 59 s",
    "3661, 1 h 1 min",
    "86400, 1 d 0 h",
    "270000, 3 d 3 h",
  })
  void saysHowLongInTwoUnits(long seconds, String expected) {
    assertThat(Figures.lasting(seconds)).isEqualTo(expected);
  }
}
