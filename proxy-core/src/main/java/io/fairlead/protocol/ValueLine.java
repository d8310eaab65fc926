package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/** Reads the lines that announce a value in a reply; the announced length stays here. */
public final class ValueLine {
  private static final int WORD_AND_SPACE = 6; // "VALUE "
  private static final int META_WORD_AND_SPACE = 3; // "VA "
  private static final int MOST_LENGTH_DIGITS = 10;
  private static final short CR_LF = '\r' << 8 | '\n';

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
    return keyFrom + keyLength < end
        && in.getByte(keyFrom + keyLength) == ' '
        && Words.equal(key, keyLength, in, keyFrom);
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
    return numbers(in, from + WORD_AND_SPACE + keyLength + 1, end, cas) == end;
  }

  /**
   * Reads a whole line that announces a value for this key, as most replies begin.
   *
   * @return the index behind the line; -1 when it is not all there, or anything else
   */
  public int readFor(byte[] key, int keyLength, boolean cas, ByteBuf in, int from, int to) {
    int keyEnd = from + WORD_AND_SPACE + keyLength;
    if (keyEnd >= to || !isAt(in, from, to) || !isFor(key, keyLength, in, from, to)) {
      return -1;
    }
    int end = numbers(in, keyEnd + 1, to, cas);
    return end >= 0 && to - end >= 2 && in.getShort(end) == CR_LF ? end + 2 : -1;
  }

  /** Reads the length from a meta line {@code VA length flags*}; false when there is none. */
  public boolean readMeta(ByteBuf in, int from, int end) {
    int stop = length(in, from + META_WORD_AND_SPACE, end);
    return stop == end || (stop >= 0 && in.getByte(stop) == ' ');
  }

  /** Reads flags, length, and the cas unique if there is to be one; gives where they end, or -1. */
  private int numbers(ByteBuf in, int from, int to, boolean cas) {
    int at = digits(in, from, to);
    if (at < 0 || at == to || in.getByte(at) != ' ') {
      return -1;
    }
    at = length(in, at + 1, to);
    if (!cas || at < 0) {
      return at;
    }
    return at < to && in.getByte(at) == ' ' ? digits(in, at + 1, to) : -1;
  }

  /** Skips digits; -1 when there are none. */
  private static int digits(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && isDigit(in.getByte(at))) {
      at++;
    }
    return at > from ? at : -1;
  }

  private int length(ByteBuf in, int from, int to) {
    long number = 0;
    int at = from;
    while (at < to && isDigit(in.getByte(at)) && at - from <= MOST_LENGTH_DIGITS) {
      number = number * 10 + (in.getByte(at) - '0');
      at++;
    }
    if (at == from || at - from > MOST_LENGTH_DIGITS) {
      return -1;
    }
    length = (int) Math.min(number, Integer.MAX_VALUE);
    return at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
