package io.fairlead.placement;

import io.fairlead.protocol.Ascii;
import org.jspecify.annotations.Nullable;

/** What memcached takes for a key. */
public final class KeyRule {
  private KeyRule() {}

  /** Why a key is refused, as the end of "the key has"; null when it is none. */
  public static @Nullable String refusal(byte[] key, int from, int length) {
    if (length == 0) {
      return "no bytes";
    }
    if (length > Ascii.MAX_KEY_BYTES) {
      return "more than " + Ascii.MAX_KEY_BYTES + " bytes";
    }
    for (int i = from, end = from + length; i < end; i++) {
      if (!Ascii.isKeyByte(key[i])) {
        return key[i] == ' ' ? "a space" : String.format("the control byte 0x%02x", key[i]);
      }
    }
    return null;
  }
}
