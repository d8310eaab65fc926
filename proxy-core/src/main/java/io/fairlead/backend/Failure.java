package io.fairlead.backend;

import io.fairlead.health.FailureKind;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why a request has no reply from a server. {@link FailureLines} has what its client is told. */
public enum Failure {
  TIMEOUT("server timed out", "Connection timed out"),
  CONNECT_FAILED("server cannot be reached", "Connection refused"),
  CONNECT_TIMED_OUT("server cannot be reached", "Connection timed out"),
  UNKNOWN_HOST("server cannot be reached", "Host is down"),
  TLS_FAILED("server speaks no TLS that is trusted", "Connection refused"),
  LOGIN_REFUSED("server did not accept the password of the proxy", "Connection refused"),
  LOST("server closed the connection", "unknown"),
  RESET("server closed the connection", "Connection reset by peer"),
  INVALID_REPLY("server sent an invalid reply", "Invalid argument"),
  EJECTED("server is ejected", "Connection refused"),
  CATCHING_UP("server has to be told of earlier deletes first", "Connection refused"),
  NO_SERVERS("no servers", "Connection refused"),
  OVERLOADED("server is overloaded: too many requests wait for it"),
  /** In mcrouter's words, by which a mcrouter in front knows it for what it is. */
  BUSY("307 busy"),
  CLIENT_TOO_SLOW("reply dropped: this client does not read fast enough"),
  NOT_ENOUGH_REPLICAS("not enough replicas accepted the write"),
  STOPPING("proxy is stopping");

  private final String text;
  private final String twemproxyText;

  /** What twemproxy has no error for, as it cannot happen there. */
  Failure(String text) {
    this(text, text);
  }

  Failure(String text, String twemproxyText) {
    this.text = text;
    this.twemproxyText = twemproxyText;
  }

  /** Why a connection could not be opened. */
  static Failure ofConnecting(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return UNKNOWN_HOST;
    }
    if (cause instanceof SSLException) {
      return TLS_FAILED;
    }
    if (cause instanceof LoginRefusedException) {
      return LOGIN_REFUSED;
    }
    return cause instanceof ConnectTimeoutException ? CONNECT_TIMED_OUT : CONNECT_FAILED;
  }

  /** How a server has failed that failed in this way. */
  FailureKind kind() {
    return switch (this) {
      case TIMEOUT -> FailureKind.TIMEOUT;
      case CONNECT_TIMED_OUT -> FailureKind.CONNECT_TIMED_OUT;
      case UNKNOWN_HOST -> FailureKind.UNKNOWN_HOST;
      case TLS_FAILED -> FailureKind.TLS_FAILED;
      case INVALID_REPLY -> FailureKind.INVALID_REPLY;
      case LOST, RESET -> FailureKind.LOST;
      default -> FailureKind.CONNECT_FAILED;
    };
  }

  /** Whether an open connection ended by itself, whatever the state of its requests. */
  boolean isOfConnection() {
    return this == LOST || this == RESET;
  }

  /** Whether a connection ended because the proxy wanted that, and not for a fault. */
  boolean isOfTheProxy() {
    return this == EJECTED || this == STOPPING;
  }

  /** Whether the server may never have got the request, although the request was good. */
  boolean leavesServerUntold() {
    return switch (this) {
      case TIMEOUT,
          CONNECT_FAILED,
          CONNECT_TIMED_OUT,
          UNKNOWN_HOST,
          TLS_FAILED,
          LOGIN_REFUSED,
          LOST,
          RESET,
          INVALID_REPLY,
          EJECTED,
          OVERLOADED ->
          true;
      default -> false;
    };
  }

  String text() {
    return text;
  }

  /**
   * What twemproxy says then, which is what the C library calls the error; "unknown" is no error.
   */
  String twemproxyText() {
    return twemproxyText;
  }
}
