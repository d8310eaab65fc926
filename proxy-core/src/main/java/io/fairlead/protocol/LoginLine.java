package io.fairlead.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What authenticates in memcached's text protocol: {@code set ANY ANY ANY BYTES}, whose value is a
 * name, a space and a password. Nothing but the number of bytes is looked at, and further words are
 * not, noreply among them.
 */
public final class LoginLine {
  /** It has a refusal of its own for each thing that may be wrong. */
  private static final byte[][] REFUSALS = {
    ErrorReply.UNAUTHENTICATED.line(),
    ErrorReply.AUTHENTICATION_FAILURE.line(),
    ErrorReply.BAD_LOGIN.line(),
    ErrorReply.LOGIN_TOO_LONG.line()
  };

  private static final int LENGTH_WORD = 4;

  private final Tokens tokens = new Tokens();
  private final NumberReader number = new NumberReader();

  /**
   * How many bytes of a name and a password follow a line.
   *
   * @return -1 when it is no login
   */
  public int valueLength(ByteBuf in, int from, int lineFeed) {
    int end = lineFeed > from && in.getByte(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
    tokens.split(in, from, end);
    boolean is =
        tokens.count() > LENGTH_WORD
            && tokens.is(in, 0, Verb.SET.word())
            && number.valueLength(in, tokens.from(LENGTH_WORD), tokens.to(LENGTH_WORD));
    return is ? (int) number.value() : -1;
  }

  /** Appends a login. */
  public static void write(ByteBuf out, byte[] token) {
    out.writeBytes(("set auth 0 0 " + token.length + "\r\n").getBytes(US_ASCII));
    out.writeBytes(token);
    out.writeShort('\r' << 8 | '\n');
  }

  /**
   * Whether a reply, up to its line end, says that the server wants a login that it did not get.
   *
   * @param code what kind of reply it is
   */
  public static boolean isWanted(@Nullable ReplyCode code, ByteBuf in, int from, int end) {
    if (code != ReplyCode.CLIENT_ERROR) {
      return false;
    }
    for (byte[] refusal : REFUSALS) {
      if (end - from == refusal.length - 2
          && Command.beginsWith(refusal, in, from, refusal.length)) {
        return true;
      }
    }
    return false;
  }
}
