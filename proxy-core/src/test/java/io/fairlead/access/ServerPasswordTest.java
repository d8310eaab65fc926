package io.fairlead.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPasswordTest {
  @ParameterizedTest
  @CsvSource({
    "alice:secret, alice secret",
    "'alice:secret\n', alice secret",
    "'\r\nalice:secret\r\nbob:other\r\n', alice secret",
    "alice:a:b c, alice a:b c",
    "älice:ü, älice ü"
  })
  void isTheFirstEntryAsItIsSent(String content, String token) {
    assertThat(ServerPassword.first(content.getBytes(UTF_8))).isEqualTo(token.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "hunter2", ":hunter2", "hunter2:", "a hunter2:b"})
  void isRefusedWithoutBeingRepeatedWhenItIsNone(String content) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerPassword.first(content.getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }
}
