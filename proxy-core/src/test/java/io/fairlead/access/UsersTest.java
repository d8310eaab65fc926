package io.fairlead.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersTest {
  private static final String SECRET =
      "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$tiKWHy4FAGCWE8gn6GtKhaxD2OeeAUUWXFT/p1aaNl8";
  private static final String NEW =
      "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$LqZQHWrh7CMjmar5CAcb9AR2omDOJV0vE8p0fvu5Y18";

  private static boolean accepts(Users users, String name, String password) {
    return users.accepts(name, password.getBytes(UTF_8));
  }

  @Test
  void acceptsEachPasswordOfAName() {
    Users users =
        Users.parse("# everybody\n\n alice:" + SECRET + " \r\nalice: " + NEW + "\nbob:" + NEW);

    assertThat(users.size()).isEqualTo(3);
    assertThat(accepts(users, "alice", "secret")).isTrue();
    assertThat(accepts(users, "alice", "new")).isTrue();
    assertThat(accepts(users, "bob", "new")).isTrue();
    assertThat(accepts(users, "bob", "secret")).isFalse();
    assertThat(accepts(users, "carol", "secret")).isFalse();
    assertThat(accepts(users, "", "secret")).isFalse();
  }

  /** The second time by what was remembered, which must be that of this name alone. */
  @Test
  void saysTheSameOfAPasswordThatItHasSeenBefore() {
    Users users = Users.parse("alice:" + SECRET + "\nbob:" + NEW);
    for (int i = 0; i < 3; i++) {
      assertThat(accepts(users, "alice", "secret")).isTrue();
      assertThat(accepts(users, "bob", "new")).isTrue();
      assertThat(accepts(users, "alice", "new")).isFalse();
      assertThat(accepts(users, "bob", "secret")).isFalse();
      assertThat(accepts(users, "carol", "secret")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice:hunter2 | line 1: a password that is not hashed (expected: the line that fairlead"
            + " hash-password --name NAME prints)",
        "'# a\n\n"
            + "hunter2' | line 3: no name before a colon (expected: name:hash; a name is printable"
            + " ASCII without spaces)",
        "':hunter2' | line 1: no name before a colon (expected: name:hash; a name is printable"
            + " ASCII without spaces)",
        "hunter2 x:hunter2 | line 1: no name before a colon (expected: name:hash; a name is"
            + " printable ASCII without spaces)",
        "alice:$pbkdf2-sha256$hunter2 | line 1: no hash of the form"
            + " $pbkdf2-sha256$ITERATIONS$SALT$HASH",
        "# hunter2 | names nobody (expected: lines name:hash, as fairlead hash-password --name NAME"
            + " prints them)",
      })
  void refusesAFileThatIsNotWhatItShouldBeAndRepeatsNoPassword(String content, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Users.parse(content))
        .withMessage(message)
        .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("hunter2"));
  }
}
