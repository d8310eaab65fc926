package io.fairlead.server.settings;

import io.fairlead.config.Dialect;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.introspection.ConfigFacts;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings in a file of any dialect, which stays the one that it was first. */
public final class FileSettings implements SettingsSource {
  private final Path file;
  private final Reader reader;
  private final Consumer<LoadedConfig> check;
  private final UnaryOperator<ProxySettings> options;
  private Supplier<ConfigFacts> facts = ConfigFacts::none;
  private @Nullable Dialect dialect;

  /** Reads the content of the file. */
  @FunctionalInterface
  public interface Reader {
    LoadedConfig read(byte[] content, SeenFiles imports);
  }

  /**
   * @param check refuses, at the first reading, what does not fit the command line
   * @param options adds what the command line says
   */
  public FileSettings(
      Path file,
      Reader reader,
      Consumer<LoadedConfig> check,
      UnaryOperator<ProxySettings> options) {
    this.file = file;
    this.reader = reader;
    this.check = check;
    this.options = options;
  }

  @Override
  public ProxySettings read(SeenFiles files) {
    byte[] content = files.content(file);
    LoadedConfig loaded = reader.read(content, files);
    if (dialect == null) {
      check.accept(loaded);
    } else if (dialect != loaded.dialect()) {
      throw new IllegalArgumentException(
          file + ": a file of another dialect than before (expected: a restart with it)");
    }
    dialect = loaded.dialect();
    ConfigFile.logWarnings(loaded);
    facts = ConfigFacts.whenAsked(file, content);
    return options.apply(loaded.settings());
  }

  @Override
  public ConfigFacts facts() {
    return facts.get();
  }
}
