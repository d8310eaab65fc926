package io.fairlead.placement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLinesTest {
  @Test
  void eachLineIsAKey() throws IOException {
    assertThat(keys("a\nbc\r\n\n\u00e9 f\nlast", 100))
        .containsExactly("a", "bc", "", "é f", "last");
  }

  @Test
  void aCarriageReturnWithinALineIsPartOfIt() throws IOException {
    assertThat(keys("a\rb\r\r\n", 100)).containsExactly("a\rb\r");
  }

  @Test
  void nothingIsNoKey() throws IOException {
    assertThat(keys("", 100)).isEmpty();
    assertThat(keys("a\n", 100)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 65_535, 65_536, 1 << 20})
  void doesNotDependOnHowTheBytesArrive(int atOnce) throws IOException {
    List<String> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      expected.add("key:" + i);
      text.append("key:").append(i).append(i % 3 == 0 ? "\r\n" : "\n");
    }

    assertThat(keys(text.toString(), atOnce)).isEqualTo(expected);
  }

  @Test
  void ofALineWithoutEndTheBeginningIsTold() throws IOException {
    String endless = "x".repeat(200_000);

    List<String> keys = keys("a\n" + endless + "\nb\n" + endless, 1_000);

    assertThat(keys).hasSize(4);
    assertThat(keys.get(0)).isEqualTo("a");
    assertThat(keys.get(1)).hasSizeGreaterThan(60_000).startsWith("xx");
    assertThat(keys.get(2)).isEqualTo("b");
    assertThat(keys.get(3)).hasSizeGreaterThan(60_000);
  }

  private static List<String> keys(String text, int atOnce) throws IOException {
    List<String> keys = new ArrayList<>();
    InputStream slow =
        new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
          @Override
          public synchronized int read(byte[] bytes, int from, int length) {
            return super.read(bytes, from, Math.min(length, atOnce));
          }
        };
    KeyLines.read(
        slow, (bytes, from, length) -> keys.add(new String(bytes, from, length, ISO_8859_1)));
    return keys;
  }
}
