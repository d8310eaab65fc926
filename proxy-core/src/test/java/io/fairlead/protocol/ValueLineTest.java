package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueLineTest {
  private static final byte[] KEY = Wire.bytes("key and more");

  private final ValueLine line = new ValueLine();

  @ParameterizedTest
  @CsvSource({
    "VALUE key 0 5, false, 5",
    "VALUE key 4294967295 0, false, 0",
    "VALUE key 0 2147483647, false, 2147483647",
    "VALUE key 0 9999999999, false, 2147483647",
    "VALUE key 0 0000000005, false, 5",
    "VALUE key 7 5 1, true, 5",
    "VALUE key 7 5 18446744073709551615, true, 5",
  })
  void readsTheLength(String text, boolean cas, int length) {
    assertThat(read(text, cas)).isTrue();
    assertThat(line.length()).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'VALUE key'               | false
          'VALUE key '              | false
          'VALUE key 0'             | false
          'VALUE key 0 '            | false
          'VALUE key  0 5'          | false
          'VALUE key 0  5'          | false
          'VALUE key 0 5 '          | false
          'VALUE key 0 5 1'         | false
          'VALUE key 0 -5'          | false
          'VALUE key -1 5'          | false
          'VALUE key 0 5x'          | false
          'VALUE key x 5'           | false
          'VALUE key 0 00000000005' | false
          'VALUE key 0 5'           | true
          'VALUE key 0 5 '          | true
          'VALUE key 0 5 x'         | true
          'VALUE key 0 5 1 '        | true
          'VALUE key 0 5 1 2'       | true
          'VALUE key 0 5 -1'        | true
          """)
  void refusesALineOfAnotherForm(String text, boolean cas) {
    assertThat(read(text, cas)).isFalse();
  }

  @Test
  void everyTruncationIsRefusedOrShorter() {
    String whole = "VALUE key 12 345 678";
    for (int end = 0; end < whole.length(); end++) {
      String part = whole.substring(0, end);
      boolean good = read(part, true);

      assertThat(good).as(part).isEqualTo(part.matches("VALUE key \\d+ \\d+ \\d+"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "VALUE key 0 5, true",
    "VALUE k, true",
    "'VALUE ', false",
    "VALUE, false",
    "VALUES key 0 5, false",
    "VALUX key 0 5, false",
    "STORED key, false",
    "value key 0 5, false",
  })
  void recognisesTheAnnouncementOfAValue(String text, boolean value) {
    assertThat(ValueLine.isAt(Wire.buffer(text), 0, text.length())).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "VALUE key 0 5, true",
    "VALUE key x, true",
    "VALUE key, false",
    "VALUE keys 0 5, false",
    "VALUE ke 0 5, false",
    "VALUE kex 0 5, false",
    "VALUE  key 0 5, false",
    "VALUE k, false",
  })
  void recognisesItsKey(String text, boolean same) {
    ByteBuf in = Wire.buffer(text);

    assertThat(ValueLine.isFor(KEY, 3, in, 0, text.length())).isEqualTo(same);
    assertThat(line.readFor(KEY, 3, false, Wire.buffer(text + "\r\n"), 0, text.length() + 2))
        .isEqualTo(same && text.endsWith("5") ? text.length() + 2 : -1);
  }

  @ParameterizedTest
  @CsvSource({"VA 5, 5", "VA 0, 0", "VA 5 t30 c1, 5", "VA 9999999999 X, 2147483647"})
  void readsTheLengthOfAMetaValue(String text, int length) {
    assertThat(readMeta(text)).isTrue();
    assertThat(line.length()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VA", "VA ", "VA  5", "VA x", "VA -1", "VA 5x", "VA 00000000005"})
  void refusesAMetaLineWithoutALength(String text) {
    assertThat(readMeta(text)).isFalse();
  }

  /** At once, too, with its line end; what follows does not matter, and what is missing does. */
  private boolean read(String text, boolean cas) {
    boolean good = line.read(Wire.buffer(text), 0, text.length(), 3, cas);
    ByteBuf whole = Wire.buffer(text + "\r\nVALUE key 0 1\r\n");
    int end = text.length() + 2;
    assertThat(line.readFor(KEY, 3, cas, whole, 0, end)).isEqualTo(good ? end : -1);
    assertThat(line.readFor(KEY, 3, cas, whole, 0, whole.writerIndex())).isEqualTo(good ? end : -1);
    for (int to = 0; to < end; to++) {
      assertThat(line.readFor(KEY, 3, cas, whole, 0, to)).as("%d bytes", to).isEqualTo(-1);
    }
    return line.read(Wire.buffer(text), 0, text.length(), 3, cas);
  }

  private boolean readMeta(String text) {
    return line.readMeta(Wire.buffer(text), 0, text.length());
  }
}
