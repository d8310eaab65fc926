package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The line with which a reply begins that found a key: what it says of the value, and how it is
 * said otherwise. Scratch space, good until the buffer changes.
 *
 * <pre>
 *   VALUE key flags length [cas]      VA length token*      HD token*
 * </pre>
 */
public final class HitLine {
  /** There is no such token. */
  public static final int NONE = -1;

  private int from;
  private int end;
  private int valueLength;
  private long flags;
  private long ttl;
  private long size;
  private boolean stale;
  private int casFrom;
  private int casEnd;

  /** Reads the line that begins at {@code start}. */
  public HitLine read(ByteBuf in, int start) {
    from = start;
    end = in.indexOf(start, in.writerIndex(), (byte) '\n') + 1;
    valueLength = NONE;
    flags = NONE;
    ttl = NONE;
    size = NONE;
    stale = false;
    casFrom = NONE;
    if (in.getByte(start + 2) == 'L') {
      classic(in);
    } else if (in.getByte(start) == 'V') {
      valueLength = (int) number(in, start + 3);
      tokens(in, tokenEnd(in, start + 3));
    } else {
      tokens(in, start + 2);
    }
    return this;
  }

  private void classic(ByteBuf in) {
    int flagsFrom = tokenEnd(in, from + 6) + 1;
    flags = number(in, flagsFrom);
    int lengthFrom = tokenEnd(in, flagsFrom) + 1;
    valueLength = (int) number(in, lengthFrom);
    int lengthEnd = tokenEnd(in, lengthFrom);
    if (in.getByte(lengthEnd) == ' ') {
      cas(in, lengthEnd + 1);
    }
  }

  private void cas(ByteBuf in, int at) {
    casFrom = at;
    casEnd = tokenEnd(in, at);
  }

  private void tokens(ByteBuf in, int start) {
    for (int at = start; in.getByte(at) == ' '; at = tokenEnd(in, at + 1)) {
      switch (in.getByte(at + 1)) {
        case 'f' -> flags = number(in, at + 2);
        case 's' -> size = number(in, at + 2);
        case 't' -> ttl = number(in, at + 2);
        case 'c' -> cas(in, at + 2);
        case 'W', 'X', 'Z' -> stale = true;
        default -> {}
      }
    }
  }

  private static int tokenEnd(ByteBuf in, int start) {
    int at = start;
    while (in.getByte(at) != ' ' && in.getByte(at) != '\r') {
      at++;
    }
    return at;
  }

  /** The number that begins there; negative when none does. */
  private static long number(ByteBuf in, int start) {
    long number = 0;
    int at = start;
    while (in.getByte(at) >= '0' && in.getByte(at) <= '9') {
      number = number * 10 + in.getByte(at) - '0';
      at++;
    }
    return at == start ? NONE : number;
  }

  /** The index behind the line, where a value begins if one follows. */
  public int end() {
    return end;
  }

  public boolean hasValue() {
    return valueLength >= 0;
  }

  /** Negative when there is no value. */
  public int valueLength() {
    return valueLength;
  }

  /** Whether the value, here or not, is known to be empty. */
  public boolean isEmpty() {
    return hasValue() ? valueLength == 0 : size == 0;
  }

  /** The client's flags, unsigned; negative when they were not asked for. */
  public long flags() {
    return flags;
  }

  public boolean hasFlag(int bit) {
    return flags >= 0 && (flags & bit) != 0;
  }

  /** The length of the value, where it was asked for by a token; negative otherwise. */
  public long size() {
    return size;
  }

  /** The seconds it has still to live; negative for ever, and when they were not asked for. */
  public long ttl() {
    return ttl;
  }

  /** Whether someone has marked it as old, or is about to replace it. */
  public boolean isStale() {
    return stale;
  }

  /** The cas unique as text; empty when it was not asked for. */
  public byte[] cas(ByteBuf in) {
    byte[] text = new byte[casFrom < 0 ? 0 : casEnd - casFrom];
    if (text.length > 0) {
      in.getBytes(casFrom, text);
    }
    return text;
  }

  /** Whether the value, all of which has come, is this one. */
  public boolean hasValue(ByteBuf in, byte[] value) {
    if (valueLength != value.length || in.writerIndex() < end + value.length) {
      return false;
    }
    for (int i = 0; i < value.length; i++) {
      if (in.getByte(end + i) != value[i]) {
        return false;
      }
    }
    return true;
  }

  /** Appends a VALUE line that says the same, and a cas unique unless that is empty. */
  public void writeValue(ByteBuf out, byte[] key, int keyLength, byte[] cas) {
    beginValue(out, key, keyLength, flags, valueLength);
    endValue(out, cas);
  }

  /** Appends a VALUE line up to the length. */
  public static void beginValue(ByteBuf out, byte[] key, int keyLength, long flags, int length) {
    out.writeBytes(ReplyCode.VALUE.word()).writeByte(' ');
    out.writeBytes(key, 0, keyLength).writeByte(' ');
    Ascii.writeUnsigned(out, Math.max(flags, 0));
    out.writeByte(' ');
    Ascii.writeUnsigned(out, length);
  }

  /** Appends the rest of it. */
  public static void endValue(ByteBuf out, byte[] cas) {
    if (cas.length > 0) {
      out.writeByte(' ').writeBytes(cas);
    }
    RequestWriter.endLine(out);
  }

  /**
   * Appends a meta line again.
   *
   * @param withoutFlags whether the flags are left out
   * @param cas the cas unique instead of its own; empty for that
   */
  public void rewrite(ByteBuf out, ByteBuf in, boolean withoutFlags, byte[] cas) {
    int at = beginMeta(out, in, valueLength);
    while (in.getByte(at) == ' ') {
      int next = tokenEnd(in, at + 1);
      byte letter = in.getByte(at + 1);
      if (letter == 'c' && cas.length > 0) {
        out.writeByte(' ').writeByte('c').writeBytes(cas);
      } else if (letter != 'f' || !withoutFlags) {
        out.writeBytes(in, at, next - at);
      }
      at = next;
    }
    RequestWriter.endLine(out);
  }

  /**
   * Appends a meta line again, for another value.
   *
   * @param newFlags negative to leave them out
   */
  public void rewrite(ByteBuf out, ByteBuf in, long newFlags, int newLength) {
    int at = beginMeta(out, in, newLength);
    while (in.getByte(at) == ' ') {
      int next = tokenEnd(in, at + 1);
      byte letter = in.getByte(at + 1);
      if (letter == 's') {
        token(out, 's', newLength);
      } else if (letter != 'f') {
        out.writeBytes(in, at, next - at);
      } else if (newFlags >= 0) {
        token(out, 'f', newFlags);
      }
      at = next;
    }
    RequestWriter.endLine(out);
  }

  private static void token(ByteBuf out, char letter, long number) {
    out.writeByte(' ').writeByte(letter);
    Ascii.writeUnsigned(out, number);
  }

  /** Gives the place of the first token. */
  private int beginMeta(ByteBuf out, ByteBuf in, int length) {
    if (!hasValue()) {
      out.writeBytes(ReplyCode.HD.word());
      return from + 2;
    }
    out.writeBytes(ReplyCode.VA.word()).writeByte(' ');
    Ascii.writeUnsigned(out, length);
    return tokenEnd(in, from + 3);
  }
}
