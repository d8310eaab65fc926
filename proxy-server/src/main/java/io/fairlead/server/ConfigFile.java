package io.fairlead.server;

import io.fairlead.config.ProxySettings;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration file of the process. */
final class ConfigFile {
  private ConfigFile() {}

  /** The settings in {@code file}; a {@link UserError} lists every problem in it. */
  static ProxySettings load(Path file) throws UserError {
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a directory: give --config a file.");
    }
    if (!Files.exists(file)) {
      throw new UserError(
          file + " does not exist; looked in " + file.toAbsolutePath().getParent() + ".");
    }
    if (!Files.isReadable(file)) {
      throw new UserError(
          file
              + " cannot be read by user "
              + System.getProperty("user.name")
              + ": check its permissions.");
    }
    throw new UserError(file + ": this build does not read files yet, use --server.");
  }
}
