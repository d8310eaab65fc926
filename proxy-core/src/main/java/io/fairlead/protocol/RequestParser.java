package io.fairlead.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Parses one request line into a {@link Command}, complete with memcached's verdict on a bad one.
 *
 * <p>Texts and order of the checks are those of memcached 1.6.18. Where it would go on to execute
 * the value of a refused request as commands, the value is swallowed when its length is known, as
 * 1.6.40 and later do; when the length is not known the connection is closed.
 */
public final class RequestParser {
  private static final int GET_AND_SPACE = 'g' << 24 | 'e' << 16 | 't' << 8 | ' ';
  private static final byte[] NOREPLY = "noreply".getBytes(US_ASCII);
  private static final byte[] ZERO = "0".getBytes(US_ASCII);
  private static final byte[] HTTP = "HTTP/".getBytes(US_ASCII);

  /** memcached refuses lengths from here on, because it adds the line end to them. */
  private static final long VALUE_LENGTH_LIMIT = Integer.MAX_VALUE - 2L;

  /** Longer meta lines are not forwarded: a server closes on a line of more than 2048 bytes. */
  private static final int LONGEST_META_LINE = 2000;

  private final Tokens tokens = new Tokens();
  private final NumberReader number = new NumberReader();

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
    int at = keyFrom;
    while (at < last && Ascii.isKeyByte(in.getByte(at))) {
      at++;
    }
    boolean ends = at < to - 1 && in.getByte(at) == '\r' && in.getByte(at + 1) == '\n';
    return ends && at > keyFrom && at - keyFrom <= Ascii.MAX_KEY_BYTES ? at : -1;
  }

  /** The end of the key that begins at {@code from}, in a line that was parsed. */
  public static int keyEnd(ByteBuf in, int from) {
    int at = from;
    while (Ascii.isKeyByte(in.getByte(at))) {
      at++;
    }
    return at;
  }

  /** Whether a line that is not complete yet may grow beyond the usual limit: get and gets may. */
  public static boolean mayBeLong(ByteBuf in, int from, int to) {
    int at = Ascii.skipSpaces(in, from, to);
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
      case META -> meta(in, wordEnd, end, command);
      case REFUSED -> command.error = ErrorReply.REFUSED;
      default -> {
        tokens.split(in, start, end);
        classic(in, command);
        command.argumentsFrom = wordEnd;
        command.argumentsTo = end;
      }
    }
  }

  /** Nothing is executed, and a web page that posts to us is cut off at once. */
  private void unknown(ByteBuf in, int start, int end, Command command) {
    tokens.split(in, start, end);
    boolean http = tokens.count() > 1 && tokens.lastStartsWith(in, HTTP);
    command.verb = Verb.VERSION;
    command.error = http ? ErrorReply.SILENT_CLOSE : ErrorReply.ERROR;
    command.closes = http;
  }

  private void classic(ByteBuf in, Command command) {
    switch (command.verb.form()) {
      case STORAGE -> storage(in, command);
      case ARITHMETIC -> arithmetic(in, command);
      case TOUCH -> touch(in, command);
      case DELETE -> delete(in, command);
      case FLUSH -> flush(in, command);
      default -> local(in, command);
    }
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
    command.error = allKeys(in, at, end);
  }

  /** One bad key refuses the whole line, before any server is asked. */
  private static @Nullable ErrorReply allKeys(ByteBuf in, int from, int end) {
    int keyFrom = from;
    for (int at = from; at < end; at++) {
      byte b = in.getByte(at);
      if (b == ' ') {
        keyFrom = at + 1;
      } else if (!Ascii.isKeyByte(b) || at - keyFrom >= Ascii.MAX_KEY_BYTES) {
        return ErrorReply.BAD_LINE;
      }
    }
    return null;
  }

  private void storage(ByteBuf in, Command command) {
    boolean cas = command.verb == Verb.CAS;
    int least = cas ? 6 : 5;
    int count = tokens.count();
    if (count < 5) {
      command.error = ErrorReply.ERROR;
      command.closes = true;
      return;
    }
    boolean fits = count == least || count == least + 1;
    command.noreply = count == least + 1 && tokens.lastIs(in, NOREPLY);
    if (!valueLength(in, 4, command)) {
      command.error = fits ? ErrorReply.BAD_LINE : ErrorReply.ERROR;
      command.closes = true;
      return;
    }
    command.error = fits ? storageFields(in, cas, command) : ErrorReply.ERROR;
  }

  private @Nullable ErrorReply storageFields(ByteBuf in, boolean cas, Command command) {
    if (!key(in, 1, command) || !number.unsigned(in, tokens.from(2), tokens.to(2))) {
      return ErrorReply.BAD_LINE;
    }
    command.flags = (int) number.value();
    if (!number.signed(in, tokens.from(3), tokens.to(3))) {
      return ErrorReply.BAD_LINE;
    }
    command.expiry = (int) number.value();
    if (cas) {
      if (!number.unsigned(in, tokens.from(5), tokens.to(5))) {
        return ErrorReply.BAD_LINE;
      }
      command.number = number.value();
    }
    return null;
  }

  private boolean valueLength(ByteBuf in, int token, Command command) {
    return valueLength(in, tokens.from(token), tokens.to(token), command);
  }

  private boolean valueLength(ByteBuf in, int from, int to, Command command) {
    if (!number.signed(in, from, to) || number.value() < 0 || number.value() > VALUE_LENGTH_LIMIT) {
      return false;
    }
    command.valueLength = (int) number.value();
    return true;
  }

  private boolean key(ByteBuf in, int token, Command command) {
    return key(in, tokens.from(token), tokens.to(token), command);
  }

  private static boolean key(ByteBuf in, int from, int to, Command command) {
    command.keyFrom = from;
    command.keyLength = to - from;
    if (command.keyLength > Ascii.MAX_KEY_BYTES) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (!Ascii.isKeyByte(in.getByte(at))) {
        return false;
      }
    }
    return true;
  }

  private void arithmetic(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count < 3 || count > 4) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = count == 4 && tokens.lastIs(in, NOREPLY);
    if (!key(in, 1, command)) {
      command.error = ErrorReply.BAD_LINE;
    } else if (!number.unsigned(in, tokens.from(2), tokens.to(2))) {
      command.error = ErrorReply.BAD_DELTA;
    } else {
      command.number = number.value();
    }
  }

  private void touch(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count < 3 || count > 4) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = count == 4 && tokens.lastIs(in, NOREPLY);
    if (!key(in, 1, command)) {
      command.error = ErrorReply.BAD_LINE;
    } else if (!number.signed(in, tokens.from(2), tokens.to(2))) {
      command.error = ErrorReply.BAD_EXPIRY;
    } else {
      command.expiry = (int) number.value();
    }
  }

  private void delete(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count < 2 || count > 4) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = count > 2 && tokens.lastIs(in, NOREPLY);
    boolean zero = count > 2 && tokens.is(in, 2, ZERO);
    boolean valid =
        count == 2 || (count == 3 && (zero || command.noreply)) || (zero && command.noreply);
    if (!valid) {
      command.error = ErrorReply.BAD_DELETE;
    } else if (!key(in, 1, command)) {
      command.error = ErrorReply.BAD_LINE;
    }
  }

  private void flush(ByteBuf in, Command command) {
    int count = tokens.count();
    if (count > 3) {
      command.error = ErrorReply.ERROR;
      return;
    }
    command.noreply = tokens.lastIs(in, NOREPLY);
    command.expiry = 0;
    if (count > (command.noreply ? 2 : 1)) {
      command.hasNumber = true;
      if (number.signed(in, tokens.from(1), tokens.to(1))) {
        command.expiry = (int) number.value();
      } else {
        command.error = ErrorReply.BAD_EXPIRY;
      }
    }
  }

  private void local(ByteBuf in, Command command) {
    if (command.verb != Verb.VERBOSITY) {
      return;
    }
    command.noreply = tokens.lastIs(in, NOREPLY);
    if (tokens.count() < 2) {
      command.error = ErrorReply.ERROR;
    } else if (!number.unsigned(in, tokens.from(1), tokens.to(1))) {
      command.error = ErrorReply.BAD_LINE;
    }
  }

  private void meta(ByteBuf in, int wordEnd, int end, Command command) {
    int keyFrom = Ascii.skipSpaces(in, wordEnd, end);
    int keyEnd = Ascii.tokenEnd(in, keyFrom, end);
    boolean stores = command.verb == Verb.MS;
    if (keyFrom == keyEnd) {
      command.error = command.verb == Verb.ME ? ErrorReply.BAD_LINE : ErrorReply.ERROR;
      command.closes = stores;
      return;
    }
    int flagsFrom = keyEnd;
    if (stores) {
      int lengthFrom = Ascii.skipSpaces(in, keyEnd, end);
      flagsFrom = Ascii.tokenEnd(in, lengthFrom, end);
      if (!valueLength(in, lengthFrom, flagsFrom, command)) {
        command.error = ErrorReply.BAD_LINE;
        command.closes = true;
        return;
      }
    }
    command.argumentsFrom = flagsFrom;
    command.argumentsTo = end;
    command.error = metaFields(in, keyFrom, keyEnd, stores, command);
    command.noreply = command.error == null && command.meta.has('q');
  }

  private static @Nullable ErrorReply metaFields(
      ByteBuf in, int keyFrom, int keyEnd, boolean stores, Command command) {
    boolean good =
        key(in, keyFrom, keyEnd, command)
            && command.meta.read(in, command.argumentsFrom, command.argumentsTo)
            && command.argumentsTo - keyFrom <= LONGEST_META_LINE;
    if (!good) {
      return ErrorReply.BAD_LINE;
    }
    if (stores && command.meta.isTooManyForValue()) {
      return ErrorReply.TOO_MANY_FLAGS;
    }
    return command.meta.has('b') && !command.decodeKey(in) ? ErrorReply.BAD_KEY_CODING : null;
  }
}
