package io.fairlead.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The base64 keys of meta commands, with padding required as memcached requires it. */
public final class Base64Key {
  private static final byte[] SEXTETS = new byte[128];
  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(US_ASCII);

  static {
    Arrays.fill(SEXTETS, (byte) -1);
    for (int i = 0; i < ALPHABET.length; i++) {
      SEXTETS[ALPHABET[i]] = (byte) i;
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

  /**
   * Whether a text that was decoded is the one that encoding gives again: its last character may
   * have bits that belong to no byte, and a server repeats the key without them.
   */
  static boolean isCanonical(ByteBuf in, int from, int length) {
    int padding = padding(in, from + length);
    int unused = (1 << (2 * padding)) - 1;
    return (SEXTETS[in.getByte(from + length - padding - 1)] & unused) == 0;
  }

  /** The number of bytes that a key of {@code length} has when it is encoded. */
  public static int encodedLength(int length) {
    return (length + 2) / 3 * 4;
  }

  /**
   * Encodes the first {@code length} bytes of a key into {@code target}.
   *
   * @return the number of bytes written
   */
  public static int encode(byte[] key, int length, byte[] target) {
    int written = 0;
    for (int at = 0; at < length; at += 3) {
      int held = (key[at] & 0xff) << 16 | byteAt(key, at + 1, length) << 8;
      held |= byteAt(key, at + 2, length);
      target[written++] = ALPHABET[held >> 18];
      target[written++] = ALPHABET[held >> 12 & 0x3f];
      target[written++] = at + 1 < length ? ALPHABET[held >> 6 & 0x3f] : (byte) '=';
      target[written++] = at + 2 < length ? ALPHABET[held & 0x3f] : (byte) '=';
    }
    return written;
  }

  private static int byteAt(byte[] key, int at, int length) {
    return at < length ? key[at] & 0xff : 0;
  }

  private static int padding(ByteBuf in, int end) {
    if (in.getByte(end - 1) != '=') {
      return 0;
    }
    return in.getByte(end - 2) == '=' ? 2 : 1;
  }
}
