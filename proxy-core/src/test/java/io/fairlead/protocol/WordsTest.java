package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Eight bytes at a time say the same as one at a time, and touch no byte beside those that are
 * meant: each key is the whole of its buffer, so that the next byte would be none.
 */
class WordsTest {
  @RegisterExtension final Seeded seeded = new Seeded();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 31, 40, 250})
  void keysAreEqualWhenEveryByteIs(int length) {
    byte[] key = new byte[length];
    seeded.random().nextBytes(key);
    assertThat(Words.equal(key, length, buffer(key), 0)).isTrue();

    for (int at = 0; at < length; at++) {
      byte[] other = key.clone();
      other[at] ^= (byte) 0x80;
      assertThat(Words.equal(key, length, buffer(other), 0)).as("byte %d differs", at).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 40, 250})
  void keysAreCopiedAndWritten(int length) {
    byte[] key = new byte[length];
    seeded.random().nextBytes(key);

    byte[] room = new byte[length + 3];
    Arrays.fill(room, (byte) 'x');
    Words.copy(buffer(key), 0, length, room);
    ByteBuf out = Unpooled.wrappedBuffer(new byte[length + 1]).clear().writeByte('=');
    Words.write(out, room, length);

    assertThat(Arrays.copyOf(room, length)).isEqualTo(key);
    assertThat(Arrays.copyOfRange(room, length, length + 3)).containsOnly('x');
    assertThat(out.readByte()).isEqualTo((byte) '=');
    assertThat(out).isEqualTo(Unpooled.wrappedBuffer(key));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 23})
  void aKeyEndsAtEachByteThatNoneMayHave(int length) {
    for (int at = 0; at < length; at++) {
      for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
        byte[] line = new byte[length];
        Arrays.fill(line, (byte) 'k');
        line[at] = (byte) b;
        int expected = Ascii.isKeyByte((byte) b) ? length : at;
        assertThat(Words.keyEnd(buffer(line), 0, length)).as("%d at %d", b, at).isEqualTo(expected);
      }
    }
  }

  @RepeatedTest(200)
  void aKeyEndsAtTheFirstOfThem() {
    Random random = seeded.random();
    byte[] line = new byte[random.nextInt(60)];
    random.nextBytes(line);
    int from = random.nextInt(line.length + 1);
    int to = from + random.nextInt(line.length - from + 1);

    int expected = from;
    while (expected < to && Ascii.isKeyByte(line[expected])) {
      expected++;
    }

    assertThat(Words.keyEnd(buffer(line), from, to)).isEqualTo(expected);
  }

  private static ByteBuf buffer(byte[] bytes) {
    return Unpooled.wrappedBuffer(bytes);
  }
}
