package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/** Finds the key in the line of a meta reply; its place stays here. */
public final class EchoedKey {
  private int from;
  private int to;

  /**
   * Looks at the line from {@code start} to {@code end}, its line end excluded; false when it has
   * no key.
   */
  public boolean find(ReplyCode code, ByteBuf in, int start, int end) {
    int at = Ascii.skipSpaces(in, Ascii.tokenEnd(in, start, end), end);
    if (code == ReplyCode.ME) {
      from = at;
      to = Ascii.tokenEnd(in, at, end);
      return to > from;
    }
    while (at < end) {
      int stop = Ascii.tokenEnd(in, at, end);
      if (in.getByte(at) == 'k') {
        from = at + 1;
        to = stop;
        return true;
      }
      at = Ascii.skipSpaces(in, stop, end);
    }
    return false;
  }

  public int from() {
    return from;
  }

  /** The index after its last byte. */
  public int to() {
    return to;
  }

  /** Whether it is written as these bytes, and not in base64. */
  public boolean is(byte[] key, int length, ByteBuf in) {
    return to - from == length && Words.equal(key, length, in, from);
  }
}
