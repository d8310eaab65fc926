package io.fairlead.health;

/** In which way a server has failed. */
public enum FailureKind {
  /** A request was not answered in time. */
  TIMEOUT("timeout"),
  /** A connection was refused, or there was no way to it. */
  CONNECT_FAILED("connect failed"),
  CONNECT_TIMED_OUT("connect timed out"),
  UNKNOWN_HOST("unknown host"),
  /** A connection ended with requests on it. */
  LOST("connection lost"),
  INVALID_REPLY("invalid reply");

  private final String text;

  FailureKind(String text) {
    this.text = text;
  }

  boolean isOfConnecting() {
    return this == CONNECT_FAILED || this == CONNECT_TIMED_OUT || this == UNKNOWN_HOST;
  }

  /** As it is told to people. */
  public String text() {
    return text;
  }
}
