package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 keys are read and written as the JDK reads and writes base64 with padding. */
class Base64KeyFuzzTest {
  @FuzzTest
  void readAndWrittenLikeTheJdk(byte[] bytes) {
    byte[] given = Arrays.copyOf(bytes, Math.min(bytes.length, Ascii.MAX_KEY_BYTES));
    byte[] target = new byte[Ascii.MAX_KEY_BYTES];
    ByteBuf in = Unpooled.wrappedBuffer(given);

    int length = Base64Key.decode(in, 0, given.length, target);

    byte[] expected = decoded(given);
    if (expected == null) {
      assertThat(length).isLessThanOrEqualTo(0);
    } else {
      assertThat(Arrays.copyOf(target, length)).isEqualTo(expected);
    }
    byte[] text = new byte[Base64Key.encodedLength(given.length)];
    assertThat(Base64Key.encode(given, given.length, text)).isEqualTo(text.length);
    assertThat(text).isEqualTo(Base64.getEncoder().encode(given));
  }

  private static byte @Nullable [] decoded(byte[] text) {
    if (text.length == 0 || text.length % 4 != 0) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
