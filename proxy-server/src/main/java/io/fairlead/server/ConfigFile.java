package io.fairlead.server;

import io.fairlead.config.ConfigException;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.dialect.FileLoader;
import io.fairlead.server.introspection.ConfigFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration file of the process. */
final class ConfigFile {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private ConfigFile() {}

  /** What {@code file} says; a {@link UserError} lists every problem in it. */
  static LoadedConfig load(Path file, LoadOptions options) throws UserError {
    return load(file, path -> FileLoader.read(path, options));
  }

  /** What {@code reader} finds in {@code file}; likewise. */
  static LoadedConfig load(Path file, Function<Path, LoadedConfig> reader) throws UserError {
    try {
      return reader.apply(file);
    } catch (ConfigException e) {
      throw new UserError(message(file, e.problems()), e);
    }
  }

  /** What clients may be told of {@code file}. */
  static ConfigFacts facts(Path file) throws UserError {
    try {
      return ConfigFacts.of(file, Files.readAllBytes(file), null, Map.of());
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read again: " + e, e);
    }
  }

  static void logWarnings(LoadedConfig loaded) {
    for (Problem warning : loaded.warnings()) {
      LOG.atWarn().addKeyValue("problem", warning).log("the configuration may not be as meant");
    }
  }

  /** The pool of a name in the settings of {@code file}. */
  static PoolSettings pool(ProxySettings settings, String name, Path file) throws UserError {
    for (PoolSettings pool : settings.pools()) {
      if (pool.name().equals(name)) {
        return pool;
      }
    }
    String names =
        settings.pools().stream().map(PoolSettings::name).collect(Collectors.joining(", "));
    throw new UserError("no pool " + name + " in " + file + " (expected: " + names + ").");
  }

  private static String message(Path file, List<Problem> problems) {
    if (problems.size() == 1) {
      return problems.get(0).toString();
    }
    return problems.stream()
        .map(problem -> System.lineSeparator() + "  " + problem)
        .collect(Collectors.joining("", problems.size() + " problems in " + file + ":", ""));
  }
}
