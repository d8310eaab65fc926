package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a server answered, by the first word of its line. */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the bytes
public enum ReplyCode {
  /** A retrieval found the key: the line, the value and its line end. */
  VALUE("VALUE", Match.WORD),
  END("END", Match.LINE),
  STORED("STORED", Match.LINE),
  NOT_STORED("NOT_STORED", Match.LINE),
  EXISTS("EXISTS", Match.LINE),
  NOT_FOUND("NOT_FOUND", Match.LINE),
  DELETED("DELETED", Match.LINE),
  TOUCHED("TOUCHED", Match.LINE),
  OK("OK", Match.LINE),
  HD("HD", Match.WORD),
  VA("VA", Match.WORD),
  EN("EN", Match.WORD),
  NF("NF", Match.WORD),
  NS("NS", Match.WORD),
  EX("EX", Match.WORD),
  ME("ME", Match.WORD),
  VERSION("VERSION", Match.WORD),
  ERROR("ERROR", Match.WORD),
  CLIENT_ERROR("CLIENT_ERROR", Match.WORD),
  SERVER_ERROR("SERVER_ERROR", Match.WORD),
  /** The new value of a counter, in digits. */
  NUMBER("", Match.DIGITS);

  private enum Match {
    /** The word is the whole line. */
    LINE,
    /** A space or the line's end follows the word. */
    WORD,
    DIGITS
  }

  private static final int MOST_DIGITS = 20;
  private static final ReplyCode[] WORDS = values();

  private final byte[] word;
  private final Match match;

  ReplyCode(String word, Match match) {
    this.word = word.getBytes(StandardCharsets.US_ASCII);
    this.match = match;
  }

  /** The code of the line between two places, without its line end; null when it is none. */
  public static @Nullable ReplyCode of(ByteBuf in, int from, int end) {
    if (from == end) {
      return null;
    }
    byte first = in.getByte(from);
    if (first >= '0' && first <= '9') {
      return isNumber(in, from, end) ? NUMBER : null;
    }
    for (ReplyCode code : WORDS) {
      if (code.word.length > 0 && code.word[0] == first && code.isAt(in, from, end)) {
        return code;
      }
    }
    return null;
  }

  private boolean isAt(ByteBuf in, int from, int end) {
    int wordEnd = from + word.length;
    if (wordEnd > end) {
      return false;
    }
    for (int i = 1; i < word.length; i++) {
      if (in.getByte(from + i) != word[i]) {
        return false;
      }
    }
    return wordEnd == end || (match == Match.WORD && in.getByte(wordEnd) == ' ');
  }

  private static boolean isNumber(ByteBuf in, int from, int end) {
    for (int at = from; at < end; at++) {
      if (in.getByte(at) < '0' || in.getByte(at) > '9') {
        return false;
      }
    }
    return end - from <= MOST_DIGITS;
  }

  /** The first word of the line. Not to be changed by the caller. */
  public byte[] word() {
    return word;
  }

  public boolean isError() {
    return this == ERROR || this == CLIENT_ERROR || this == SERVER_ERROR;
  }

  /** Whether the server could not do what it was asked, or did not know it. */
  public boolean isServerFault() {
    return this == ERROR || this == SERVER_ERROR;
  }

  /** Whether the request did what it was sent for. */
  public boolean isSuccess() {
    return switch (this) {
      case VALUE, STORED, DELETED, TOUCHED, OK, HD, VA, ME, VERSION, NUMBER -> true;
      default -> false;
    };
  }
}
