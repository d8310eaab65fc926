package io.fairlead.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTokenTest {
  @ParameterizedTest
  @CsvSource({
    "'alice secret', alice, secret",
    "'alice  secret', alice, secret",
    "' alice secret', alice, secret",
    "'alice two words ', alice, 'two words '",
    "'a:b c', a:b, c"
  })
  void isANameAndAllThatFollows(String value, String name, String password) {
    LoginToken token = requireNonNull(LoginToken.parse(value.getBytes(UTF_8)));

    assertThat(token.name()).isEqualTo(name);
    assertThat(token.password()).isEqualTo(password.getBytes(UTF_8));
    assertThat(token).asString().doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "alice", "alice ", " alice", "  "})
  void needsBoth(String value) {
    assertThat(LoginToken.parse(value.getBytes(UTF_8))).isNull();
  }
}
