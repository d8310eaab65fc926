package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The flags of a meta command, as far as a proxy must understand them; the rest is left to the
 * server to judge.
 */
public final class MetaFlags {
  /*
   * Not a whitelist: servers differ in the flags they know, and each answers exactly one line to a bad
   * one. Only what could make a server answer none or two, or what decides where a request goes and
   * whether its reply is passed on, is looked at here.
   */

  /**
   * With more flags than this, memcached 1.6.18 refuses an ms line without reading its value, which
   * would then be taken for commands.
   */
  private static final int MOST_FLAGS_WITH_VALUE = 16;

  /** With more flags than this, memcached 1.6.18 refuses any other meta line. */
  private static final int MOST_FLAGS = 17;

  private static final long WRITE_LETTERS = letter('T') | letter('N') | letter('R') | letter('E');

  private long seen;
  private int count;
  private byte mode;

  /** Reads the flags between two places; false when one holds a byte no flag may hold. */
  boolean read(ByteBuf in, int from, int to) {
    seen = 0;
    count = 0;
    mode = 0;
    int at = Ascii.skipSpaces(in, from, to);
    while (at < to) {
      byte letter = in.getByte(at);
      if (letter >= 'A' && letter <= 'z') {
        seen |= letter(letter);
      }
      int end = at;
      for (; end < to && in.getByte(end) != ' '; end++) {
        if (!isFlagByte(in.getByte(end))) {
          return false;
        }
      }
      if (letter == 'M' && mode == 0 && end > at + 1) {
        mode = in.getByte(at + 1);
      }
      count++;
      at = Ascii.skipSpaces(in, end, to);
    }
    return true;
  }

  private static boolean isFlagByte(byte b) {
    return b < 0 || (b > 0x20 && b != 0x7f);
  }

  /** The bit that stands for a letter in a set of letters. */
  static long letter(int letter) {
    return 1L << (letter - 'A');
  }

  void copies(MetaFlags other) {
    seen = other.seen;
    count = other.count;
    mode = other.mode;
  }

  /** Whether one flag more may be written. */
  boolean hasRoomForOne() {
    return count < MOST_FLAGS_WITH_VALUE;
  }

  boolean isTooManyForValue() {
    return count > MOST_FLAGS_WITH_VALUE;
  }

  /** Whether memcached 1.6.18 refuses a line without a value before it looks at the key. */
  boolean isTooMany() {
    return count > MOST_FLAGS;
  }

  /** Whether a flag with this letter was given. */
  public boolean has(char letter) {
    return (seen & letter(letter)) != 0;
  }

  /** Whether every flag has one of these letters. */
  public boolean hasOnly(String letters) {
    long others = seen;
    for (int i = 0; i < letters.length(); i++) {
      others &= ~letter(letters.charAt(i));
    }
    return others == 0;
  }

  /** The first character of the mode of ms and ma; 0 for none. */
  public byte mode() {
    return mode;
  }

  /** Whether an mg with these flags changes the item. */
  public boolean changesItem() {
    return (seen & WRITE_LETTERS) != 0;
  }

  /**
   * Appends what a reply repeats of the request it answers: the opaque, and the key if it was asked
   * for.
   */
  public static void writeEchoed(ByteBuf out, Command command, ByteBuf in) {
    int to = command.argumentsTo;
    for (int at = Ascii.skipSpaces(in, command.argumentsFrom, to); at < to; ) {
      int end = Ascii.tokenEnd(in, at, to);
      byte letter = in.getByte(at);
      if (letter == 'O') {
        out.writeByte(' ').writeBytes(in, at, end - at);
      } else if (letter == 'k') {
        out.writeByte(' ').writeByte('k');
        command.writeKey(out, in);
        if (command.meta.has('b')) {
          out.writeByte(' ').writeByte('b');
        }
      }
      at = Ascii.skipSpaces(in, end, to);
    }
  }

  /**
   * Appends the flags between two places but those with either of two letters, and q, because every
   * forwarded request must have a reply.
   */
  static void writeWithout(ByteBuf out, ByteBuf in, int from, int to, byte one, byte other) {
    writeBut(letter(one) | letter(other) | letter('q'), out, in, from, to);
  }

  /** Appends the flags between two places but those whose letter is one of {@code letters}. */
  static void writeBut(long letters, ByteBuf out, ByteBuf in, int from, int to) {
    int at = Ascii.skipSpaces(in, from, to);
    while (at < to) {
      int end = Ascii.tokenEnd(in, at, to);
      byte letter = in.getByte(at);
      if (letter < 'A' || letter > 'z' || (letters & letter(letter)) == 0) {
        out.writeByte(' ');
        out.writeBytes(in, at, end - at);
      }
      at = Ascii.skipSpaces(in, end, to);
    }
  }
}
