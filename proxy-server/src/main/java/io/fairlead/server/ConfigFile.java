package io.fairlead.server;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration file of the process. */
final class ConfigFile {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private ConfigFile() {}

  /** The settings in {@code file}; a {@link UserError} lists every problem in it. */
  static ProxySettings load(Path file) throws UserError {
    try {
      LoadedConfig loaded = ConfigLoader.read(file);
      for (Problem warning : loaded.warnings()) {
        LOG.atWarn().addKeyValue("problem", warning).log("the configuration may not be as meant");
      }
      return loaded.settings();
    } catch (ConfigException e) {
      throw new UserError(message(file, e.problems()), e);
    }
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
