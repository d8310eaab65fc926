package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Decodes the base64 keys of meta commands, with padding required as memcached requires it. */
final class Base64Key {
  private static final byte[] SEXTETS = new byte[128];

  static {
    Arrays.fill(SEXTETS, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      SEXTETS[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Key() {}

  /**
   * Decodes {@code length} bytes of {@code in} into {@code target}.
   *
   * @return the number of bytes decoded; -1 when the text is not base64
   */
  static int decode(ByteBuf in, int from, int length, byte[] target) {
    if (length == 0 || length % 4 != 0) {
      return -1;
    }
    int padding = padding(in, from + length);
    int written = 0;
    int bits = 0;
    int held = 0;
    for (int at = from; at < from + length - padding; at++) {
      byte b = in.getByte(at);
      int sextet = b < 0 ? -1 : SEXTETS[b];
      if (sextet < 0) {
        return -1;
      }
      held = held << 6 | sextet;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        target[written++] = (byte) (held >> bits);
      }
    }
    return written;
  }

  private static int padding(ByteBuf in, int end) {
    if (in.getByte(end - 1) != '=') {
      return 0;
    }
    return in.getByte(end - 2) == '=' ? 2 : 1;
  }
}
