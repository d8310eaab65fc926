package io.fairlead.server.mcrouter;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where the configuration comes from. */
public sealed interface ConfigSource {
  /** A file. */
  record InFile(Path file) implements ConfigSource {}

  /** The command line itself. */
  record Inline(String json) implements ConfigSource {}

  /** What the options say; {@code --config} wins over the two older ones. */
  static ConfigSource of(OptionValues values) throws McrouterMistake {
    String config = values.text("config");
    String file = values.text("config_file");
    String text = values.text("config_str");
    if (!config.isEmpty()) {
      return parse(values.spelling("config"), config);
    }
    if (file.isEmpty() && text.isEmpty()) {
      throw new McrouterMistake(
          "No configuration source: give --config-file PATH, or --config with file:PATH or JSON.");
    }
    if (!file.isEmpty() && !text.isEmpty()) {
      throw new McrouterMistake(
          "More than one configuration source: give --config-file or --config-str, not both.");
    }
    return text.isEmpty()
        ? new InFile(path(values.spelling("config_file"), file))
        : parse(values.spelling("config_str"), text);
  }

  private static ConfigSource parse(String option, String text) throws McrouterMistake {
    return text.startsWith("file:")
        ? new InFile(path(option, text.substring("file:".length()).trim()))
        : new Inline(text);
  }

  private static Path path(String option, String name) throws McrouterMistake {
    if (name.isEmpty()) {
      throw McrouterMistake.badValue(option, "no file", "file:PATH");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw McrouterMistake.badValue(
          option, name, "a file name of characters that the locale (LANG) knows, as C.UTF-8");
    }
  }
}
