package io.fairlead.hotkey;

import io.fairlead.config.HotKeySettings.Show;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What is shown of a key, which may name a person. */
final class KeyLabel {
  private static final int SHORT_BYTES = 8;
  private static final int HASH_BYTES = 8;

  private KeyLabel() {}

  static String of(byte[] key, Show show) {
    return switch (show) {
      case FULL -> escaped(key);
      case SHORT ->
          key.length <= SHORT_BYTES
              ? escaped(key)
              : escaped(Arrays.copyOf(key, SHORT_BYTES)) + "...";
      case HASH -> hash(key);
    };
  }

  private static String escaped(byte[] key) {
    StringBuilder text = new StringBuilder(key.length);
    for (byte b : key) {
      if (b == '\\') {
        text.append("\\\\");
      } else if (b > ' ' && b < 0x7f) {
        text.append((char) b);
      } else {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
    }
    return text.toString();
  }

  /** As {@code printf %s KEY | sha256sum} begins, so that one can look for a key that one knows. */
  private static String hash(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
