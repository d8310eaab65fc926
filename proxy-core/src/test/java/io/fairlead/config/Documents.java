package io.fairlead.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the repository that users read, found from the folder of this module. */
final class Documents {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();

  static final Path EXAMPLES = ROOT.resolve("config-examples");
  static final Path SCHEMA = ROOT.resolve("docs/fairlead.schema.json");
  static final Path REFERENCE = ROOT.resolve("docs/configuration.md");

  private Documents() {}

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
