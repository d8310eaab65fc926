package io.fairlead.route.failover;

import io.fairlead.backend.Failure;
import io.fairlead.protocol.Operation.Kind;
import io.fairlead.protocol.Result;
import org.jspecify.annotations.Nullable;

/** What becomes of a request at a child. */
enum Outcome {
  SUCCESS(Result.OK, null),
  NOTHING(Result.NOTFOUND, null),
  CLIENT_ERROR(Result.CLIENT_ERROR, "CLIENT_ERROR of "),
  SERVER_ERROR(Result.REMOTE_ERROR, "SERVER_ERROR of "),
  BUSY(Result.BUSY, "SERVER_ERROR 307 busy "),
  TIMEOUT(Failure.TIMEOUT, Result.TIMEOUT),
  REFUSED(Failure.CONNECT_FAILED, Result.CONNECT_ERROR),
  EJECTED(Failure.EJECTED, Result.TKO),
  NO_SERVERS(Failure.NO_SERVERS, Result.LOCAL_ERROR);

  private final Result result;
  private final @Nullable Failure failure;
  private final @Nullable String error;

  Outcome(Result result, @Nullable String error) {
    this.result = result;
    this.failure = null;
    this.error = error;
  }

  Outcome(Failure failure, Result result) {
    this.result = result;
    this.failure = failure;
    this.error = null;
  }

  /** The result, where it is an error. */
  Result result() {
    return result;
  }

  boolean isError() {
    return error != null || failure != null;
  }

  /** Why there is no reply; null when there is one. */
  @Nullable Failure failure() {
    return failure;
  }

  /** The reply of a child; not for a get that missed. */
  String reply(int child, Kind kind) {
    if (error != null) {
      return error + child + "\r\n";
    }
    boolean success = this == SUCCESS;
    return switch (kind) {
      case GET_LIKE -> success ? "VALUE k 0 1\r\n" + child + "\r\n" : "EN\r\n";
      case UPDATE_LIKE -> success ? "STORED\r\n" : "NOT_STORED\r\n";
      case DELETE_LIKE -> success ? "DELETED\r\n" : "NOT_FOUND\r\n";
      case ARITHMETIC_LIKE -> success ? child + "\r\n" : "NOT_FOUND\r\n";
      case OTHER -> success ? "TOUCHED\r\n" : "NOT_FOUND\r\n";
    };
  }
}
