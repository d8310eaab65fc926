package io.fairlead.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the chart, and where they are. */
final class Chart {
  static final Path MODULE =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  static final Path REPOSITORY = MODULE.resolveSibling("");
  static final Path FOLDER = MODULE.resolve("fairlead");
  static final Path MEMCACHED = FOLDER.resolve("charts/memcached");
  static final Path RESOURCES = MODULE.resolve("src/test/resources");

  /** Whether files that tests compare with are written instead. */
  static final boolean WRITES = Boolean.getBoolean("fairlead.write");

  private static final Path SETS = FOLDER.resolve("ci");

  private Chart() {}

  /** The names of the sets of values in ci. */
  static List<String> valueSets() {
    try (Stream<Path> files = Files.list(SETS)) {
      return files
          .map(file -> file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path valueSet(String name) {
    return SETS.resolve(name + ".yaml");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A map in YAML; empty for a file that has only comments. */
  static Map<String, Object> map(String yaml) {
    Map<String, Object> map = yaml().load(yaml);
    return map == null ? Map.of() : map;
  }

  static Yaml yaml() {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(strict));
  }

  /** A copy of a chart that a test may change. */
  static Path copyTo(Path chart, Path folder) {
    try (Stream<Path> files = Files.walk(chart)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(chart.relativize(file).toString()));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
