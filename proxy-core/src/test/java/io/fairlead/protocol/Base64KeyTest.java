package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64KeyTest {
  /** What fits into the 250 bytes of a key when it is coded. */
  private static final int LONGEST = 187;

  @RegisterExtension final Seeded seeded = new Seeded();

  private final byte[] target = new byte[Ascii.MAX_KEY_BYTES];

  @Test
  void decodesWhatTheJdkEncodes() {
    Random random = seeded.random();
    for (int length = 1; length <= LONGEST; length++) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      byte[] coded = Base64.getEncoder().encode(key);

      int decoded = Base64Key.decode(Unpooled.wrappedBuffer(coded), 0, coded.length, target);

      assertThat(Arrays.copyOf(target, decoded)).isEqualTo(key);
    }
  }

  @Test
  void encodesAsTheJdkDoes() {
    Random random = seeded.random();
    for (int length = 1; length < LONGEST; length++) {
      byte[] key = new byte[length];
      random.nextBytes(key);

      int encoded = Base64Key.encode(key, length, target);

      assertThat(Arrays.copyOf(target, encoded)).isEqualTo(Base64.getEncoder().encode(key));
      assertThat(Base64Key.encodedLength(length)).isEqualTo(encoded);
    }
  }

  @Test
  void decodesInTheMiddleOfABuffer() {
    int decoded = Base64Key.decode(Wire.buffer("mg Zm9v b"), 3, 4, target);

    assertThat(Arrays.copyOf(target, decoded)).isEqualTo(Wire.bytes("foo"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "Zm",
        "Zm9",
        "Zm9vY",
        "Zg=",
        "=",
        "==",
        "====",
        "Z===",
        "Zg=v",
        "Zg==Zm9v",
        "=m9v",
        "Zm9-",
        "Zm9_",
        "Zm 9",
        "Zm9\n",
        "Zm9\u00e9",
        "\u00ff\u00ff\u00ff\u00ff",
        "Zm9\0"
      })
  void refusesWhatIsNotBase64(String coded) {
    assertThat(Base64Key.decode(Wire.buffer(coded), 0, coded.length(), target)).isEqualTo(-1);
  }
}
