package io.fairlead.server.settings;

import io.fairlead.config.ConfigException;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.dialect.FileLoader;
import io.fairlead.server.command.UserError;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration file of the process. */
public final class ConfigFile {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private ConfigFile() {}

  /** What {@code file} says; a {@link UserError} lists every problem in it. */
  public static LoadedConfig load(Path file, LoadOptions options) throws UserError {
    try {
      return FileLoader.read(file, options);
    } catch (ConfigException e) {
      throw new UserError(message(file, e.problems()), e);
    }
  }

  /** What a source says for the first time, which is in {@code file}; likewise. */
  public static ProxySettings readAtStart(Path file, SettingsSource source, SeenFiles files)
      throws UserError {
    try {
      return source.read(files);
    } catch (ConfigException e) {
      throw new UserError(message(file, e.problems()), e);
    } catch (McrouterMistake e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  static void logWarnings(LoadedConfig loaded) {
    for (Problem warning : loaded.warnings()) {
      LOG.atWarn().addKeyValue("problem", warning).log("the configuration may not be as meant");
    }
  }

  /** The pool of a name in the settings of {@code file}. */
  public static PoolSettings pool(ProxySettings settings, String name, Path file) throws UserError {
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
