package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no editor would show as they are: each gives one problem with its place. */
class HostileFileTest {
  private static final String FILE = "f.yaml";

  @TempDir Path folder;

  @Test
  void refusesATabInTheIndentation() {
    assertRefused(
        "pools:\n\tmain: {}\n",
        "f.yaml:2:1: a tab (expected: spaces, as YAML is not indented with tabs)");
  }

  @Test
  void refusesAControlCharacter() {
    assertRefused("pools: {}\n# é\u0007\n", "f.yaml:2:4: the character U+0007 (expected: text)");
  }

  @Test
  void refusesAByteOrderMark() {
    assertRefused(
        "\uFEFFpools: {}", "f.yaml:1:1: a byte order mark (expected: UTF-8 text without one)");
  }

  @Test
  void refusesAnEmptyFile() {
    assertRefused("", "f.yaml:1:1: an empty file (expected: a map with pools)");
  }

  @Test
  void refusesDeepNestingWithoutRunningOutOfStack() {
    assertRefused(
        "[".repeat(200_000),
        "f.yaml:1:21: one more level (expected: at most 20 levels of nesting)");
    assertRefused(
        IntStream.range(0, 1000)
            .mapToObj(i -> " ".repeat(i) + "a:\n")
            .collect(Collectors.joining()),
        "f.yaml:21:21: one more level (expected: at most 20 levels of nesting)");
  }

  @Test
  void refusesAnAliasBombBeforeItIsExpanded() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
    }

    assertRefused(bomb.toString(), "f.yaml:13:18: one more alias (expected: at most 100 aliases)");
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertRefused(
        "#".repeat((4 << 20) + 1), "f.yaml:1:1: 4194305 characters (expected: at most 4194304)");
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("pools: {}\n# é".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xff);
    Path file = Files.write(folder.resolve(FILE), bytes.toByteArray());

    assertThatThrownBy(() -> ConfigLoader.load(file))
        .hasMessage(file + ":2:4: the byte 0xff (expected: UTF-8 text)");
  }

  @Test
  void refusesATruncatedCharacterAtTheEndOfTheFile() throws IOException {
    Path file = Files.write(folder.resolve(FILE), new byte[] {'a', (byte) 0xc3});

    assertThatThrownBy(() -> ConfigLoader.load(file))
        .hasMessage(file + ":1:2: the byte 0xc3 (expected: UTF-8 text)");
  }

  @Test
  void refusesAFileThatIsMissingTooLongOrADirectory() throws IOException {
    Path large = Files.write(folder.resolve("large.yaml"), new byte[(4 << 20) + 1]);
    Path missing = folder.resolve("missing.yaml");

    assertThatThrownBy(() -> ConfigLoader.load(missing))
        .hasMessage(missing + ": no such file (expected: a file)");
    assertThatThrownBy(() -> ConfigLoader.load(folder))
        .hasMessage(folder + ": a directory (expected: a file)");
    assertThatThrownBy(() -> ConfigLoader.load(large))
        .hasMessage(large + ": 4194305 bytes (expected: at most 4194304)");
  }

  @Test
  void loadsAFileByItsPath() throws IOException {
    Path file = Files.writeString(folder.resolve(FILE), "pools: {p: {servers: [a]}}");

    assertThat(ConfigLoader.load(file))
        .isEqualTo(ConfigLoader.parse("pools: {p: {servers: [a]}}", FILE));
  }

  private static void assertRefused(String yaml, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigLoader.parse(yaml, FILE))
        .withMessage(message);
  }
}
