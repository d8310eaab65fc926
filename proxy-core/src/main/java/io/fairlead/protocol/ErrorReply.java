package io.fairlead.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The errors that the proxy answers to a request by itself, in memcached's words where it has them.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the bytes
public enum ErrorReply {
  ERROR("ERROR"),
  BAD_LINE("CLIENT_ERROR bad command line format"),
  BAD_DELETE("CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]"),
  BAD_DATA_CHUNK("CLIENT_ERROR bad data chunk"),
  BAD_EXPIRY("CLIENT_ERROR invalid exptime argument"),
  BAD_DELTA("CLIENT_ERROR invalid numeric delta argument"),
  BAD_KEY_CODING("CLIENT_ERROR error decoding key"),
  INVALID_FLAG("CLIENT_ERROR invalid flag"),
  DUPLICATE_FLAG("CLIENT_ERROR duplicate flag"),
  INVALID_OR_DUPLICATE_FLAG("CLIENT_ERROR invalid or duplicate flag"),
  TOO_MANY_FLAGS("CLIENT_ERROR options flags are too long"),
  OPAQUE_TOO_LONG("CLIENT_ERROR opaque token too long"),
  BAD_STATS_DETAIL("CLIENT_ERROR usage: stats detail on|off|dump"),
  BAD_STATS("CLIENT_ERROR bad command line"),
  /** mcrouter's, for a group of statistics that it does not have. */
  BAD_STATS_GROUP("CLIENT_ERROR bad stats command"),
  TOO_LARGE("SERVER_ERROR object too large for cache"),
  TOO_MANY_KEYS("CLIENT_ERROR too many keys"),
  REFUSED("SERVER_ERROR command not supported by proxy"),
  FLUSH_NOT_ALLOWED("CLIENT_ERROR flush_all not allowed"),
  ACCESS_DENIED("CLIENT_ERROR access denied"),
  UNAUTHENTICATED("CLIENT_ERROR unauthenticated"),
  AUTHENTICATION_FAILURE("CLIENT_ERROR authentication failure"),
  BAD_LOGIN("CLIENT_ERROR bad authentication token format"),
  BAD_LOGIN_END("CLIENT_ERROR bad command line termination"),
  LOGIN_TOO_LONG("CLIENT_ERROR auth token too long"),
  TOO_MANY_LOGINS("SERVER_ERROR too many clients authenticate at once, try again"),
  /** The stream is lost or was never ours: nothing is said. */
  SILENT_CLOSE("");

  private final byte[] line;

  ErrorReply(String text) {
    line = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** The reply with its line end. Not to be changed by the caller. */
  public byte[] line() {
    return line;
  }

  /** The error that has this line; null when it is none of these. */
  public static @Nullable ErrorReply withLine(byte[] line) {
    for (ErrorReply error : values()) {
      if (Arrays.equals(error.line, line)) {
        return error;
      }
    }
    return null;
  }

  /**
   * Whether the request cannot be understood. One that can, and is refused, is none of these; nor
   * is one with a delta that is no number of 64 bits, which twemproxy leaves to the server.
   */
  public boolean isParseError() {
    return switch (this) {
      case BAD_DELTA,
          BAD_STATS_GROUP,
          TOO_LARGE,
          TOO_MANY_KEYS,
          REFUSED,
          FLUSH_NOT_ALLOWED,
          ACCESS_DENIED,
          UNAUTHENTICATED,
          AUTHENTICATION_FAILURE,
          BAD_LOGIN,
          BAD_LOGIN_END,
          LOGIN_TOO_LONG,
          TOO_MANY_LOGINS,
          SILENT_CLOSE ->
          false;
      default -> true;
    };
  }

  public boolean isServerError() {
    return this == TOO_LARGE || this == REFUSED || this == TOO_MANY_LOGINS;
  }
}
