package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaFlagsTest {
  private final MetaFlags flags = new MetaFlags();

  @Test
  void knowsTheLettersThatWereGiven() {
    assertThat(read("  v  Oqx T30 ")).isTrue();

    assertThat(flags.has('v')).isTrue();
    assertThat(flags.has('O')).isTrue();
    assertThat(flags.has('T')).isTrue();
    assertThat(flags.has('q')).isFalse();
    assertThat(flags.has('t')).isFalse();
  }

  @Test
  void forgetsTheFlagsBefore() {
    read("q MA T1 a b c d e f g h i j k l m n");

    read("v");

    assertThat(flags.has('q')).isFalse();
    assertThat(flags.mode()).isZero();
    assertThat(flags.changesItem()).isFalse();
    assertThat(flags.isTooManyForValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v\t", "\r", "O\0", "v \u007f", "O\u0001x"})
  void refusesBytesThatMayEndALineSomewhere(String text) {
    assertThat(read(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "!", "{", "\u00e9", "O\u00ff", "1", "@", "[", "~"})
  void leavesStrangeFlagsToTheServer(String text) {
    assertThat(read(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"MA, A", "Mappend, a", "v ME T1, E", "M+, +", "MA MS, A", "M MS, S"})
  void theFirstModeCounts(String text, char mode) {
    read(text);

    assertThat(flags.mode()).isEqualTo((byte) mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v", "M", "OMA"})
  void modeMayBeMissing(String text) {
    read(text);

    assertThat(flags.mode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "v t, false",
    "v T30, true",
    "N30, true",
    "R30, true",
    "E5, true",
    "OTNRE, false",
    "q k, false",
  })
  void someFlagsMakeAReadAWrite(String text, boolean changes) {
    read(text);

    assertThat(flags.changesItem()).isEqualTo(changes);
  }

  @Test
  void countsTheFlagsBeforeAValue() {
    read("a b c d e f g h i j k l m n o p");
    assertThat(flags.isTooManyForValue()).isFalse();

    read("a b c d e f g h i j k l m n o p r");
    assertThat(flags.isTooManyForValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ' v  q k '     | ' v k'
          'q'            | ''
          ' '            | ''
          'qx v'         | ' v'
          'Oq q Oq'      | ' Oq Oq'
          """)
  void nothingQuietReachesTheServer(String text, String forwarded) {
    ByteBuf out = Unpooled.buffer();
    ByteBuf in = Wire.buffer("." + text + "|");

    MetaFlags.writeWithout(out, in, 1, 1 + text.length(), (byte) 'q', (byte) 'q');

    assertThat(Wire.text(out)).isEqualTo(forwarded);
  }

  @Test
  void leavesOutTwoLetters() {
    ByteBuf out = Unpooled.buffer();
    ByteBuf in = Wire.buffer("C5 T30 MA q c m C");

    MetaFlags.writeWithout(out, in, 0, in.writerIndex(), (byte) 'C', (byte) 'M');

    assertThat(Wire.text(out)).isEqualTo(" T30 c m");
  }

  private boolean read(String text) {
    return flags.read(Wire.buffer(text), 0, text.length());
  }
}
