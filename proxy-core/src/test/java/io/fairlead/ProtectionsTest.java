package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table of protections can be switched off, as its text is in the code, once. */
class ProtectionsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("build-tools");
  private static final Path SOURCES =
      Path.of(System.getProperty("basedir", "")).resolve("src/main/java/io/fairlead");

  static Stream<List<String>> rows() throws IOException {
    return Files.readAllLines(ROOT.resolve("protections.txt")).stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> List.of(line.split("\\|", -1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void textIsInTheCodeOnce(List<String> row) throws IOException {
    assertThat(row).hasSize(5);

    assertThat(Files.readString(SOURCES.resolve(row.get(1)))).containsOnlyOnce(row.get(2));
  }
}
