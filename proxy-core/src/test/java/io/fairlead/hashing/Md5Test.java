package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Md5Test {
  @Test
  void agreesWithTheJavaLibraryForEveryLengthOfThreeBlocks() throws NoSuchAlgorithmException {
    MessageDigest library = MessageDigest.getInstance("MD5");
    byte[] data = new byte[200];
    new Random(1).nextBytes(data);
    Md5 md5 = new Md5();
    for (int length = 0; length <= 192; length++) {
      byte[] expected = library.digest(Arrays.copyOfRange(data, 3, 3 + length));

      md5.digest(data, 3, length);

      for (int word = 0; word < 4; word++) {
        assertThat(md5.word(word))
            .as("word %d of %d bytes", word, length)
            .isEqualTo(LittleEndian.intAt(expected, 4 * word));
      }
    }
  }

  @Test
  void givesThePointsOfTheUnitTestOfTwemproxy() {
    byte[] text = "server1-8".getBytes(UTF_8);

    Md5 md5 = new Md5().digest(text, 0, text.length);

    assertThat(Integer.toUnsignedLong(md5.word(0))).isEqualTo(3853726576L);
    assertThat(Integer.toUnsignedLong(md5.word(3))).isEqualTo(2667054752L);
  }
}
