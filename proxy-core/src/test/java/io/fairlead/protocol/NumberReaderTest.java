package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberReaderTest {
  private final NumberReader reader = new NumberReader();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "+1, 1",
    "007, 7",
    "4294967296, 4294967296",
    "9223372036854775808, 9223372036854775808",
    "18446744073709551609, 18446744073709551609",
    "18446744073709551615, 18446744073709551615",
    "+18446744073709551615, 18446744073709551615",
    "00000000000000000000000018446744073709551615, 18446744073709551615",
  })
  void readsUnsignedNumbers(String token, String value) {
    assertThat(unsigned(token)).isTrue();
    assertThat(Long.toUnsignedString(reader.value())).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "-",
        "-0",
        "-1",
        "++1",
        "+-1",
        "1x",
        "x1",
        " 1",
        "1 ",
        "1.5",
        "0x1",
        "1e3",
        "18446744073709551616",
        "18446744073709551620",
        "18446744073709551625",
        "99999999999999999999",
        "184467440737095516150",
        "340282366920938463463374607431768211456",
        "\u00b2",
        "/",
        ":"
      })
  void refusesWhatIsNoUnsignedNumber(String token) {
    assertThat(unsigned(token)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+5, 5",
    "-5, -5",
    "-005, -5",
    "2147483648, 2147483648",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775807, -9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
  })
  void readsSignedNumbers(String token, long value) {
    assertThat(signed(token)).isTrue();
    assertThat(reader.value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "-",
        "--1",
        "-+1",
        "+-1",
        "1-",
        "1.5",
        "abc",
        "-x",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "-18446744073709551615",
        "-18446744073709551616"
      })
  void refusesWhatIsNoSignedNumber(String token) {
    assertThat(signed(token)).isFalse();
  }

  @Test
  void looksAtNothingOutsideTheToken() {
    ByteBuf in = Wire.buffer("9 12 9");

    assertThat(reader.unsigned(in, 2, 4)).isTrue();
    assertThat(reader.value()).isEqualTo(12);
  }

  private boolean unsigned(String token) {
    return reader.unsigned(Wire.buffer(token), 0, token.length());
  }

  private boolean signed(String token) {
    return reader.signed(Wire.buffer(token), 0, token.length());
  }
}
