package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;

/** The words of a request line, by their places; words beyond the first few are only counted. */
final class Tokens {
  /** Enough for the longest classic command, and one that is too many. */
  private static final int KEPT = 8;

  private final int[] from = new int[KEPT];
  private final int[] to = new int[KEPT];
  private int count;
  private int lastFrom;
  private int lastTo;

  /** Finds the words between two places; words are separated by one or more spaces. */
  void split(ByteBuf in, int start, int end) {
    count = 0;
    int at = Ascii.skipSpaces(in, start, end);
    while (at < end) {
      int stop = Ascii.tokenEnd(in, at, end);
      if (count < KEPT) {
        from[count] = at;
        to[count] = stop;
      }
      lastFrom = at;
      lastTo = stop;
      count++;
      at = Ascii.skipSpaces(in, stop, end);
    }
  }

  int count() {
    return count;
  }

  int from(int index) {
    return from[index];
  }

  int to(int index) {
    return to[index];
  }

  int length(int index) {
    return to[index] - from[index];
  }

  /** Whether the last word is exactly {@code word}. */
  boolean lastIs(ByteBuf in, byte[] word) {
    return lastTo - lastFrom == word.length && startsWith(in, lastFrom, word);
  }

  /** Whether the last word begins with {@code word}. */
  boolean lastStartsWith(ByteBuf in, byte[] word) {
    return lastTo - lastFrom >= word.length && startsWith(in, lastFrom, word);
  }

  /** Whether the word at {@code index} is exactly {@code word}. */
  boolean is(ByteBuf in, int index, byte[] word) {
    return length(index) == word.length && startsWith(in, from[index], word);
  }

  private static boolean startsWith(ByteBuf in, int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (in.getByte(from + i) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
