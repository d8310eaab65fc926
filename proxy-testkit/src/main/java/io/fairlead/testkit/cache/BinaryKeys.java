package io.fairlead.testkit.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.regex.Pattern;

/** Keys that travel as base64. */
final class BinaryKeys {
  private static final Pattern NOT_BASE64 = Pattern.compile("[^a-zA-Z0-9+/=]");

  private BinaryKeys() {}

  static String encode(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(ISO_8859_1));
  }

  /** Decodes like memcached, which skips what is no base64 but insists on the padding. */
  static String decode(String text) {
    String base64 = NOT_BASE64.matcher(text).replaceAll("");
    if (!base64.isEmpty() && base64.length() % 4 == 0) {
      try {
        return new String(Base64.getDecoder().decode(base64), ISO_8859_1);
      } catch (IllegalArgumentException e) {
        // falls through
      }
    }
    throw new CommandError("CLIENT_ERROR error decoding key");
  }
}
