package io.fairlead.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/**
 * Parses one request line into a {@link Command}, complete with memcached's verdict on a bad one.
 *
 * <p>Texts and order of the checks are those of memcached 1.6.18. Where it would go on to execute
 * the value of a refused request as commands, the value is swallowed when its length is known, as
 * 1.6.40 and later do; when the length is not known the connection is closed.
 */
public final class RequestParser {
  private static final int GET_AND_SPACE = 'g' << 24 | 'e' << 16 | 't' << 8 | ' ';
  private static final byte[] HTTP = "HTTP/".getBytes(US_ASCII);

  /** memcached, too, looks for a long get behind so many spaces only. */
  private static final int MOST_SPACES_BEFORE_LONG = 100;

  private final Tokens tokens = new Tokens();
  private final NumberReader number = new NumberReader();
  private final ClassicParser classic = new ClassicParser(tokens, number);
  private final MetaParser meta = new MetaParser(number);

  /** A complete line {@code get KEY CR LF} with one good key: the commonest request by far. */
  public static boolean isSingleGet(ByteBuf in, int from, int to) {
    return to - from > 6 && in.getInt(from) == GET_AND_SPACE;
  }

  /**
   * The end of the only key of a get that begins at {@code from}; -1 when the line is not complete
   * or not that simple, and wants a full look.
   */
  public static int singleKeyEnd(ByteBuf in, int from, int to) {
    int keyFrom = from + 4;
    int last = Math.min(to - 1, keyFrom + Ascii.MAX_KEY_BYTES + 1);
    int at = Words.keyEnd(in, keyFrom, last);
    boolean ends = at < to - 1 && in.getByte(at) == '\r' && in.getByte(at + 1) == '\n';
    return ends && at > keyFrom && at - keyFrom <= Ascii.MAX_KEY_BYTES ? at : -1;
  }

  /**
   * The end of the key that begins at {@code from}, in a line that was parsed and ends before
   * {@code to}.
   */
  public static int keyEnd(ByteBuf in, int from, int to) {
    return Words.keyEnd(in, from, to);
  }

  /** Where the line ends if there are no further keys in it; -1 when there are. */
  public static int keysEnd(ByteBuf in, int from) {
    int at = from;
    while (in.getByte(at) == ' ' || in.getByte(at) == '\r') {
      at++;
    }
    return in.getByte(at) == '\n' ? at + 1 : -1;
  }

  /** Whether a line that is not complete yet may grow beyond the usual limit: get and gets may. */
  public static boolean mayBeLong(ByteBuf in, int from, int to) {
    int at = Ascii.skipSpaces(in, from, to);
    if (at - from > MOST_SPACES_BEFORE_LONG) {
      return false; // else the verdict would depend on how much of the line has arrived
    }
    if (to - at < 4 || in.getByte(at) != 'g' || in.getByte(at + 1) != 'e') {
      return false;
    }
    int end = Ascii.tokenEnd(in, at, Math.min(to, at + 5));
    Verb verb = end - at <= 4 ? Verb.at(in, at, end - at) : null;
    return verb == Verb.GET || verb == Verb.GETS;
  }

  /**
   * Parses the line that begins at {@code from}, whose LF is at {@code lineFeed}.
   *
   * @param in borrowed; the command keeps places in it
   */
  public void parse(ByteBuf in, int from, int lineFeed, Command command) {
    int end = lineFeed > from && in.getByte(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
    command.clear();
    command.lineEnd = lineFeed + 1;
    int start = Ascii.skipSpaces(in, from, end);
    int wordEnd = Ascii.tokenEnd(in, start, end);
    Verb verb = wordEnd > start ? Verb.at(in, start, wordEnd - start) : null;
    if (verb == null) {
      unknown(in, start, end, command);
      return;
    }
    command.verb = verb;
    switch (verb.form()) {
      case RETRIEVAL -> retrieval(in, wordEnd, end, command);
      case META -> meta.parse(in, wordEnd, end, command);
      case REFUSED -> command.error = ErrorReply.REFUSED;
      default -> {
        tokens.split(in, start, end);
        classic.parse(in, command);
        command.argumentsFrom = wordEnd;
        command.argumentsTo = end;
      }
    }
  }

  /** Nothing is executed; a line of HTTP ends the connection, as it does with memcached. */
  private void unknown(ByteBuf in, int start, int end, Command command) {
    tokens.split(in, start, end);
    boolean http = tokens.count() > 1 && tokens.lastStartsWith(in, HTTP);
    command.verb = Verb.VERSION;
    command.error = http ? ErrorReply.SILENT_CLOSE : ErrorReply.ERROR;
    command.closes = http;
  }

  private void retrieval(ByteBuf in, int wordEnd, int end, Command command) {
    int at = Ascii.skipSpaces(in, wordEnd, end);
    if (at == end) {
      command.error = ErrorReply.ERROR;
      return;
    }
    if (command.verb.touches()) {
      int expiryEnd = Ascii.tokenEnd(in, at, end);
      if (!number.signed(in, at, expiryEnd)) {
        command.error = ErrorReply.BAD_EXPIRY;
        return;
      }
      command.expiry = (int) number.value();
      at = Ascii.skipSpaces(in, expiryEnd, end);
    }
    command.argumentsFrom = at;
    command.argumentsTo = end;
    allKeys(in, at, end, command);
  }

  /** One bad key refuses the whole line, before any server is asked. */
  private static void allKeys(ByteBuf in, int from, int end, Command command) {
    int keys = 0;
    for (int at = from; at < end; at++) {
      int keyEnd = Words.keyEnd(in, at, end);
      int length = keyEnd - at;
      boolean isGood = keyEnd == end || in.getByte(keyEnd) == ' ';
      if (!isGood || length > Ascii.MAX_KEY_BYTES) {
        command.longKey = length >= Ascii.MAX_KEY_BYTES;
        command.error = ErrorReply.BAD_LINE;
        return;
      }
      keys += length > 0 ? 1 : 0;
      at = keyEnd;
    }
    command.keys = keys;
  }
}
