package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/** Reads the lines that announce a value in a reply; the announced length stays here. */
public final class ValueLine {
  private static final int WORD_AND_SPACE = 6; // "VALUE "
  private static final int META_WORD_AND_SPACE = 3; // "VA "
  private static final int MOST_LENGTH_DIGITS = 10;

  private int length;

  /** The announced length of the value. */
  public int length() {
    return length;
  }

  /** Whether a line may announce the value of a classic retrieval. */
  public static boolean isAt(ByteBuf in, int from, int end) {
    return end - from > WORD_AND_SPACE
        && in.getInt(from) == ('V' << 24 | 'A' << 16 | 'L' << 8 | 'U')
        && in.getShort(from + 4) == ('E' << 8 | ' ');
  }

  /** Whether a line that announces a value does so for this key. */
  public static boolean isFor(byte[] key, int keyLength, ByteBuf in, int from, int end) {
    int keyFrom = from + WORD_AND_SPACE;
    if (keyFrom + keyLength >= end || in.getByte(keyFrom + keyLength) != ' ') {
      return false;
    }
    for (int i = 0; i < keyLength; i++) {
      if (in.getByte(keyFrom + i) != key[i]) {
        return false;
      }
    }
    return true;
  }

  /** A copy of the key in a line that announces a value. */
  public static byte[] key(ByteBuf in, int from) {
    int keyFrom = from + WORD_AND_SPACE;
    byte[] key = new byte[in.indexOf(keyFrom, in.writerIndex(), (byte) ' ') - keyFrom];
    in.getBytes(keyFrom, key);
    return key;
  }

  /**
   * Reads what follows a key of {@code keyLength}: flags, length, and the cas unique exactly when
   * it was asked for. False when the line is not like that.
   */
  public boolean read(ByteBuf in, int from, int end, int keyLength, boolean cas) {
    int at = digits(in, from + WORD_AND_SPACE + keyLength + 1, end);
    if (at < 0 || at == end) {
      return false;
    }
    at = number(in, at + 1, end);
    if (at < 0) {
      return false;
    }
    if (!cas) {
      return at == end;
    }
    return at < end && digits(in, at + 1, end) == end;
  }

  /** Reads the length from a meta line {@code VA length flags*}; false when there is none. */
  public boolean readMeta(ByteBuf in, int from, int end) {
    return number(in, from + META_WORD_AND_SPACE, end) >= 0;
  }

  /**
   * Skips digits, of which there must be one at least, up to a space or the end; -1 if it is not
   * so.
   */
  private static int digits(ByteBuf in, int from, int end) {
    int at = from;
    while (at < end && in.getByte(at) >= '0' && in.getByte(at) <= '9') {
      at++;
    }
    return at > from && (at == end || in.getByte(at) == ' ') ? at : -1;
  }

  private int number(ByteBuf in, int from, int end) {
    int stop = digits(in, from, end);
    if (stop < 0 || stop - from > MOST_LENGTH_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int at = from; at < stop; at++) {
      number = number * 10 + (in.getByte(at) - '0');
    }
    length = (int) Math.min(number, Integer.MAX_VALUE);
    return stop;
  }
}
