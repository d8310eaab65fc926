package io.fairlead.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, TOKEN + "\n", "  " + TOKEN + "\r\n"})
  void isWhatTheFileSays(String content) throws IOException {
    AdminToken token = new AdminToken(file(content));

    assertThat(token.is(TOKEN)).isTrue();
    assertThat(token.is(TOKEN + "0")).isFalse();
    assertThat(token.is("0123456789abcdeF")).isFalse();
    assertThat(token.is("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcde",
        "0123456789 abcdef",
        TOKEN + "\n" + TOKEN,
        "0123456789abcdeä"
      })
  void refusesWhatIsNoTokenWithoutRepeatingIt(String content) throws IOException {
    Path file = file(content);

    assertThatThrownBy(() -> new AdminToken(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": no token (expected: one line of 16 to 1024 characters")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("0123456789"));
  }

  @Test
  void followsTheFileAsLongAsThatHasAToken() throws IOException {
    Path file = file(TOKEN);
    AdminToken token = new AdminToken(file);

    Files.writeString(file, "fedcba9876543210");
    assertThat(token.is(TOKEN)).isFalse();
    assertThat(token.is("fedcba9876543210")).isTrue();

    Files.delete(file);
    assertThat(token.is("fedcba9876543210")).isTrue();
  }

  @Test
  void isReviewedWithTheOtherSecretsOfAConfiguration() throws IOException {
    String none = folder.resolve("none").toString();

    assertThat(problems(none)).containsExactly(none + ": there is no such file");
    assertThat(problems(file("short").toString()))
        .anyMatch(problem -> problem.contains("no token"));
  }

  private static List<String> problems(String file) {
    return Credentials.problems(
        ConfigLoader.read(
                "{pools: {p: {servers: [a]}}, admin: {token_file: " + file + "}}", "f.yaml")
            .settings());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("token"), content);
  }
}
