package io.fairlead.backend;

import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.CommandCounter;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.Verb;

/** Under which name commands, replies and failures are counted. */
public final class Accounts {
  private Accounts() {}

  /** A meta command counts as its classic twin, whatever its mode. */
  public static CommandCounter of(Verb verb) {
    return switch (verb) {
      case GETS -> CommandCounter.GETS;
      case GAT -> CommandCounter.GAT;
      case GATS -> CommandCounter.GATS;
      case SET, MS -> CommandCounter.SET;
      case ADD -> CommandCounter.ADD;
      case REPLACE -> CommandCounter.REPLACE;
      case APPEND -> CommandCounter.APPEND;
      case PREPEND -> CommandCounter.PREPEND;
      case CAS -> CommandCounter.CAS;
      case INCR, MA -> CommandCounter.INCR;
      case DECR -> CommandCounter.DECR;
      case TOUCH -> CommandCounter.TOUCH;
      case DELETE, MD -> CommandCounter.DELETE;
      case FLUSH_ALL -> CommandCounter.FLUSHALL;
      default -> CommandCounter.GET;
    };
  }

  /** Which commands it is like. */
  public static CommandClass classOf(Verb verb) {
    return switch (verb.form()) {
      case RETRIEVAL -> CommandClass.GET;
      case STORAGE -> CommandClass.SET;
      case DELETE -> CommandClass.DELETE;
      case ARITHMETIC -> CommandClass.ARITHMETIC;
      case TOUCH -> CommandClass.TOUCH;
      case META -> CommandClass.META;
      default -> CommandClass.OTHER;
    };
  }

  /** What a request that was written elsewhere is, as far as its replies tell. */
  static CommandCounter of(ReplyShape shape) {
    return switch (shape) {
      case STORAGE, MS -> CommandCounter.SET;
      case ARITHMETIC, MA -> CommandCounter.INCR;
      case TOUCH -> CommandCounter.TOUCH;
      case DELETE, MD -> CommandCounter.DELETE;
      case FLUSH -> CommandCounter.FLUSHALL;
      case RETRIEVAL, MG, ME -> CommandCounter.GET;
    };
  }

  public static ResultCounter of(ReplyShape shape, ReplyCode code) {
    return switch (code) {
      case VALUE, VA, ME -> ResultCounter.FOUND;
      case END, EN, NOT_FOUND, NF -> ResultCounter.NOTFOUND;
      case STORED, NUMBER -> ResultCounter.STORED;
      case NOT_STORED, NS -> ResultCounter.NOTSTORED;
      case EXISTS, EX -> ResultCounter.EXISTS;
      case DELETED -> ResultCounter.DELETED;
      case TOUCHED -> ResultCounter.TOUCHED;
      case OK, VERSION -> ResultCounter.OK;
      case HD -> ofHeader(shape);
      case CLIENT_ERROR -> ResultCounter.CLIENT_ERROR;
      case ERROR, SERVER_ERROR -> ResultCounter.REMOTE_ERROR;
    };
  }

  private static ResultCounter ofHeader(ReplyShape shape) {
    return switch (shape) {
      case MG -> ResultCounter.FOUND;
      case MD -> ResultCounter.DELETED;
      default -> ResultCounter.STORED;
    };
  }

  public static ResultCounter of(Failure why) {
    return switch (why) {
      case TIMEOUT -> ResultCounter.TIMEOUT;
      case CONNECT_FAILED, UNKNOWN_HOST, TLS_FAILED, LOGIN_REFUSED -> ResultCounter.CONNECT_ERROR;
      case CONNECT_TIMED_OUT -> ResultCounter.CONNECT_TIMEOUT;
      case EJECTED, CATCHING_UP -> ResultCounter.TKO;
      case OVERLOADED, BUSY -> ResultCounter.BUSY;
      case LOST, RESET, INVALID_REPLY -> ResultCounter.REMOTE_ERROR;
      case NO_SERVERS, CLIENT_TOO_SLOW, NOT_ENOUGH_REPLICAS, STOPPING -> ResultCounter.LOCAL_ERROR;
    };
  }
}
