package io.fairlead.server.mcrouter;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where deletes go that failed.
 *
 * @param on whether there is a spool at all
 * @param folder its folder
 * @param secondForm whether it is written in the second form, {@code AS2.0}
 */
public record SpoolOptions(boolean on, String folder, boolean secondForm) {
  static SpoolOptions of(OptionValues values) throws McrouterMistake {
    return new SpoolOptions(
        !values.isOn("asynclog_disable"), folder(values), values.isOn("use_asynclog_version2"));
  }

  private static String folder(OptionValues values) throws McrouterMistake {
    String name = values.text("async_spool");
    try {
      return Path.of(name).toString();
    } catch (InvalidPathException e) {
      throw McrouterMistake.badValue(
          values.spelling("async_spool"),
          name,
          "characters that the locale (LANG) knows, as C.UTF-8");
    }
  }
}
