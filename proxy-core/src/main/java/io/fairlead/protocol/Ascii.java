package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/** Bytes of the text protocol: what may stand in a key, and decimal numbers without strings. */
public final class Ascii {
  /** The longest key that memcached takes. */
  public static final int MAX_KEY_BYTES = 250;

  private static final int LONGEST_DECIMAL = 20;

  private Ascii() {}

  /**
   * Whether a byte may be part of a key. memcached's documentation forbids control characters and
   * spaces; its servers take some of them and read others as the end of the key.
   */
  public static boolean isKeyByte(byte b) {
    return b > 0x20 ? b != 0x7f : b < 0;
  }

  /** Whether some bytes are a key. */
  public static boolean isKey(byte[] bytes, int from, int length) {
    if (length == 0 || length > MAX_KEY_BYTES) {
      return false;
    }
    for (int i = from; i < from + length; i++) {
      if (!isKeyByte(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** The first index from which there is no space, up to {@code to}. */
  static int skipSpaces(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && in.getByte(at) == ' ') {
      at++;
    }
    return at;
  }

  /** The index of the first space, up to {@code to}. */
  static int tokenEnd(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && in.getByte(at) != ' ') {
      at++;
    }
    return at;
  }

  /** Appends an unsigned 64-bit number in decimal. */
  public static void writeUnsigned(ByteBuf out, long number) {
    if (number < 0) {
      long tens = Long.divideUnsigned(number, 10);
      writeUnsigned(out, tens);
      out.writeByte((int) ('0' + (number - tens * 10)));
      return;
    }
    out.ensureWritable(LONGEST_DECIMAL);
    int digits = 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    int start = out.writerIndex();
    long rest = number;
    for (int at = start + digits - 1; at >= start; at--) {
      out.setByte(at, (int) ('0' + rest % 10));
      rest /= 10;
    }
    out.writerIndex(start + digits);
  }

  /** Appends a signed number in decimal. */
  public static void writeSigned(ByteBuf out, int number) {
    if (number < 0) {
      out.writeByte('-');
      writeUnsigned(out, -(long) number);
    } else {
      writeUnsigned(out, number);
    }
  }
}
