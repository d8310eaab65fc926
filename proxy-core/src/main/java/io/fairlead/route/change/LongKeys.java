package io.fairlead.route.change;

import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Base64Key;

/** Which keys have room for another name. */
final class LongKeys {
  private LongKeys() {}

  /** Whether a key may be so many bytes longer, however it is written. */
  static boolean hasRoom(byte[] key, int length, int more) {
    int longer = length + more;
    if (longer > Ascii.MAX_KEY_BYTES) {
      return false;
    }
    // What is no plain key can only be written in base64.
    return Base64Key.encodedLength(longer) <= Ascii.MAX_KEY_BYTES || Ascii.isKey(key, 0, length);
  }
}
