package io.fairlead.route;

import io.fairlead.backend.Failure;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Result;
import io.netty.buffer.ByteBuf;

/** What replies and failures are as results. */
final class Results {
  private static final int ERROR_NUMBER_AT = "SERVER_ERROR ".length();

  private Results() {}

  /** The result that a line says, which begins at {@code from}. */
  static Result of(Operation operation, ReplyCode code, ByteBuf in, int from, int length) {
    return switch (code) {
      case VALUE, VA, ME -> Result.FOUND;
      case HD -> ofMetaSuccess(operation);
      case STORED, NUMBER -> Result.STORED;
      case DELETED -> Result.DELETED;
      case TOUCHED -> Result.TOUCHED;
      case OK, VERSION -> Result.OK;
      case EXISTS, EX -> Result.EXISTS;
      case NOT_STORED, NS -> Result.NOTSTORED;
      case END, NOT_FOUND, EN, NF -> Result.NOTFOUND;
      case CLIENT_ERROR -> Result.CLIENT_ERROR;
      case SERVER_ERROR -> ofServerError(in, from, length);
      case ERROR -> Result.REMOTE_ERROR;
    };
  }

  private static Result ofMetaSuccess(Operation operation) {
    return switch (operation.kind()) {
      case GET_LIKE -> Result.FOUND;
      case DELETE_LIKE -> Result.DELETED;
      default -> Result.STORED;
    };
  }

  /** Servers of the mcrouter family say what happened by a number. */
  private static Result ofServerError(ByteBuf in, int from, int length) {
    int at = from + ERROR_NUMBER_AT;
    if (length < ERROR_NUMBER_AT + 3 || in.getByte(at) != '3' || in.getByte(at + 1) != '0') {
      return Result.REMOTE_ERROR;
    }
    return switch (in.getByte(at + 2)) {
      case '1' -> Result.SHUTDOWN;
      case '2' -> Result.TRY_AGAIN;
      case '7' -> Result.BUSY;
      default -> Result.REMOTE_ERROR;
    };
  }

  static Result of(Failure failure) {
    return switch (failure) {
      case TIMEOUT -> Result.TIMEOUT;
      case CONNECT_TIMED_OUT -> Result.CONNECT_TIMEOUT;
      case CONNECT_FAILED, UNKNOWN_HOST, TLS_FAILED, LOGIN_REFUSED -> Result.CONNECT_ERROR;
      case EJECTED -> Result.TKO;
      case OVERLOADED, BUSY, CATCHING_UP -> Result.BUSY;
      case LOST, RESET, INVALID_REPLY -> Result.REMOTE_ERROR;
      case STOPPING -> Result.SHUTDOWN;
      case NO_SERVERS, NOT_ENOUGH_REPLICAS, CLIENT_TOO_SLOW -> Result.LOCAL_ERROR;
    };
  }
}
