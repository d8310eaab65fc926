package io.fairlead.placement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRuleTest {
  @Test
  void saysWhyAKeyIsRefused() {
    assertThat(refusal("")).isEqualTo("no bytes");
    assertThat(refusal("a b")).isEqualTo("a space");
    assertThat(refusal("a\tb")).isEqualTo("the control byte 0x09");
    assertThat(refusal("\u007f")).isEqualTo("the control byte 0x7f");
    assertThat(refusal("x".repeat(251))).isEqualTo("more than 250 bytes");
    assertThat(refusal("é".repeat(126))).isEqualTo("more than 250 bytes");
  }

  @Test
  void takesWhatMemcachedTakes() {
    assertThat(refusal("k")).isNull();
    assertThat(refusal("x".repeat(250))).isNull();
    assertThat(refusal("é!\"#~")).isNull();
  }

  @Test
  void looksAtTheGivenBytesOnly() {
    byte[] line = " key\n".getBytes(UTF_8);

    assertThat(KeyRule.refusal(line, 1, 3)).isNull();
  }

  private static @Nullable String refusal(String key) {
    byte[] bytes = key.getBytes(UTF_8);
    return KeyRule.refusal(bytes, 0, bytes.length);
  }
}
