package io.fairlead.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Permission bits as chmod writes them. In quotes, because YAML readers do not agree on what a
 * number with a leading zero is.
 */
final class SocketMode {
  private static final String EXPECTED = "three octal digits in quotes, as in \"0660\"";
  private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");

  private SocketMode() {}

  static @Nullable Integer read(ConfigValue value) {
    String text = value.text();
    return text != null && OCTAL.matcher(text).matches()
        ? Integer.valueOf(text, 8)
        : value.refuse(EXPECTED);
  }

  static String format(int mode) {
    return String.format("%04o", mode);
  }
}
