package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiTest {
  @RegisterExtension final Seeded seeded = new Seeded();

  @Test
  void writesUnsignedNumbersAsTheJdkDoes() {
    LongStream powers =
        LongStream.iterate(1, power -> power * 10)
            .limit(20)
            .flatMap(power -> LongStream.of(power - 1, power, power + 1, -power));
    LongStream edges = LongStream.of(0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1);
    LongStream random =
        seeded.random().longs(1_000).map(number -> number >>> seeded.random().nextInt(64));

    LongStream.concat(LongStream.concat(powers, edges), random)
        .forEach(
            number -> {
              ByteBuf out = Unpooled.buffer(1);
              Ascii.writeUnsigned(out, number);
              assertThat(Wire.text(out)).isEqualTo(Long.toUnsignedString(number));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 9, 10, -10, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void writesSignedNumbers(int number) {
    ByteBuf out = Unpooled.buffer(1);

    Ascii.writeSigned(out, number);

    assertThat(Wire.text(out)).isEqualTo(Integer.toString(number));
  }

  @Test
  void keysHoldNoSpaceAndNoControlCharacter() {
    for (int b = 0; b < 256; b++) {
      boolean good = b > ' ' && b != 0x7f;

      assertThat(Ascii.isKeyByte((byte) b)).as("byte %d", b).isEqualTo(good);
    }
  }

  @Test
  void findsWordsWithinTheirBounds() {
    ByteBuf in = Wire.buffer("  ab  c ");

    assertThat(Ascii.skipSpaces(in, 0, 8)).isEqualTo(2);
    assertThat(Ascii.skipSpaces(in, 2, 8)).isEqualTo(2);
    assertThat(Ascii.skipSpaces(in, 0, 1)).isEqualTo(1);
    assertThat(Ascii.skipSpaces(in, 7, 8)).isEqualTo(8);
    assertThat(Ascii.tokenEnd(in, 2, 8)).isEqualTo(4);
    assertThat(Ascii.tokenEnd(in, 2, 3)).isEqualTo(3);
    assertThat(Ascii.tokenEnd(in, 4, 8)).isEqualTo(4);
  }
}
