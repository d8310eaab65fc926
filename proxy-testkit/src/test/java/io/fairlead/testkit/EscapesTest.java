package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EscapesTest {
  @Test
  void decodesEscapedCharacters() {
    assertThat(Escapes.decode("a\\r\\n\\t\\\\\\x00\\xfF b")).isEqualTo("a\r\n\t\\\0\u00ff b");
  }

  @Test
  void decodesRepeatedCharacters() {
    assertThat(Escapes.decode("get <<k*3>>\\r\\n")).isEqualTo("get kkk\r\n");
    assertThat(Escapes.decode("<<\\x00*2>><<\\n*2>>")).isEqualTo("\0\0\n\n");
  }

  @Test
  void decodesSequences() {
    assertThat(Escapes.decode("get <<seq k8..k11>>\\n")).isEqualTo("get k8 k9 k10 k11\n");
  }

  @Test
  void decodesRepeatedText() {
    assertThat(Escapes.decode("a<<repeat 2: get k\\r\\n>>b")).isEqualTo("aget k\r\nget k\r\nb");
  }

  @Test
  void leavesOtherAngleBracketsAlone() {
    assertThat(Escapes.decode("Usage: delete <key> [noreply] <<x")).endsWith("<key> [noreply] <<x");
  }

  @Test
  void refusesUnknownEscapes() {
    assertThatThrownBy(() -> Escapes.decode("a\\q"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\\q (expected:");
  }

  @Test
  void encodingFoldsLongRunsAndDecodesToTheSame() {
    StringBuilder bytes = new StringBuilder("v".repeat(100));
    for (char c = 0; c <= 0xff; c++) {
      bytes.append(c);
    }

    String encoded = Escapes.encode(bytes.toString());

    assertThat(encoded).startsWith("<<v*100>>\\x00").contains("\\r", "\\n", "\\\\", "\\xff");
    assertThat(Escapes.decode(encoded)).isEqualTo(bytes.toString());
  }
}
