package io.fairlead.health;

/** In which way a server has failed. */
public enum FailureKind {
  /** A request was not answered in time. */
  TIMEOUT("timeout"),
  /** A connection was refused, or there was no way to it. */
  CONNECT_FAILED("connect failed"),
  CONNECT_TIMED_OUT("connect timed out"),
  UNKNOWN_HOST("unknown host"),
  /** A server does not speak TLS, or is not who it should be. */
  TLS_FAILED("TLS failed"),
  /** A connection ended with requests on it. */
  LOST("connection lost"),
  INVALID_REPLY("invalid reply");

  private final String text;

  FailureKind(String text) {
    this.text = text;
  }

  boolean isOfConnecting() {
    return switch (this) {
      case CONNECT_FAILED, CONNECT_TIMED_OUT, UNKNOWN_HOST, TLS_FAILED -> true;
      case TIMEOUT, LOST, INVALID_REPLY -> false;
    };
  }

  /** As it is told to people. */
  public String text() {
    return text;
  }
}
