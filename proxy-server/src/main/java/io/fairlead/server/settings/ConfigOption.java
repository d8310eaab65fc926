package io.fairlead.server.settings;

import io.fairlead.config.LoadedConfig;
import io.fairlead.dialect.FileLoader;
import io.fairlead.server.command.UserError;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The file that a command tells about, and runs no proxy from. */
public final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "What serve --config reads.")
  private Path file;

  @Mixin private DialectOptions dialect = new DialectOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the file
  public ConfigOption() {}

  public Path file() {
    return file;
  }

  /**
   * What the file says.
   *
   * @throws io.fairlead.config.ConfigException with everything that is wrong
   */
  public LoadedConfig read() {
    return FileLoader.read(file, dialect.toSettings());
  }

  /** The same for a command that ends when something is wrong. */
  public LoadedConfig load(CommandSpec command) throws UserError {
    return dialect.load(file, command);
  }
}
