package io.fairlead.dialect;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.Dialect;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.macro.FileSource;
import java.nio.file.Path;

/**
 * Reads a configuration file: Fairlead's own, a nutcracker.yml, or one of mcrouter. Which of them
 * it is, the content tells and not the name.
 */
public final class FileLoader {
  private FileLoader() {}

  /**
   * The settings in a file and in {@code options}, and what is legal in it but odd.
   *
   * @throws io.fairlead.config.ConfigException with what is wrong
   */
  public static LoadedConfig read(Path file, LoadOptions options) {
    return read(file, ConfigLoader.contentOf(file), options, FileSource.DISK);
  }

  /**
   * The same for the content of a file.
   *
   * @param imports opens the files that it imports
   */
  public static LoadedConfig read(
      Path file, byte[] content, LoadOptions options, FileSource imports) {
    return McrouterText.isOne(content)
        ? McrouterFile.read(file, content, options, imports)
        : ConfigLoader.read(content, file.toString(), options);
  }

  /** Where the values of a file stand that was read in that dialect. */
  public static KeyPlaces places(Path file, Dialect dialect) {
    return dialect == Dialect.MCROUTER ? McrouterFile.places(file) : KeyPlaces.read(file);
  }
}
