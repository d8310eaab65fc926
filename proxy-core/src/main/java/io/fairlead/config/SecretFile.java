package io.fairlead.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the path of a file with secrets. What is no path may be the secret itself, put where it
 * does not belong, and is not repeated.
 */
final class SecretFile {
  private static final String EXPECTED =
      "the path of a file that has the names and passwords, beginning with / or ./; they are not"
          + " written into the configuration";

  private SecretFile() {}

  static @Nullable Path read(ConfigValue value) {
    return read(value, EXPECTED);
  }

  /** The same of another file. */
  static @Nullable Path read(ConfigValue value, String expected) {
    String text = value.text();
    if (text != null && isPath(text)) {
      return Path.of(text);
    }
    value.refuseAs("(not shown)", expected, null);
    return null;
  }

  private static boolean isPath(String text) {
    boolean begins = text.startsWith("/") || text.startsWith("./") || text.startsWith("../");
    return begins && text.indexOf('\0') < 0;
  }
}
