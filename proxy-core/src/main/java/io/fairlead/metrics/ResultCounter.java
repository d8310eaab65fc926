package io.fairlead.metrics;

/** What became of requests, by mcrouter's names and in their order. */
public enum ResultCounter implements Countable {
  DELETED("keys deleted"),
  TOUCHED("keys touched"),
  FOUND("keys found"),
  NOTFOUND("keys not found"),
  NOTSTORED("values not stored, because of what was there"),
  OK("other requests that were served"),
  STORED("values stored, and counters changed"),
  EXISTS("values not stored because another has come between"),
  TIMEOUT("requests not answered in time"),
  CONNECT_TIMEOUT("requests for which no connection was opened in time"),
  CONNECT_ERROR("requests for which no connection could be opened"),
  BUSY("requests refused because too many waited"),
  TKO("requests not sent because the server is ejected"),
  CLIENT_ERROR("requests that the server found to be wrong"),
  LOCAL_ERROR("requests that the proxy could not serve"),
  REMOTE_ERROR("requests that the server failed, or lost with their connection");

  private final Measure measure;

  ResultCounter(String description) {
    this.measure = Measure.counter(description);
  }

  @Override
  public Measure measure() {
    return measure;
  }

  /** What the label {@code result} says. */
  public String label() {
    return switch (this) {
      case FOUND -> "hit";
      case NOTFOUND -> "miss";
      case NOTSTORED -> "not_stored";
      case BUSY -> "overloaded";
      case TKO -> "ejected";
      case LOCAL_ERROR -> "proxy_error";
      case REMOTE_ERROR -> "server_error";
      default -> statName();
    };
  }

  /** The same in few words: where there are many servers, each word is a series of each. */
  public String shortLabel() {
    return switch (this) {
      case FOUND, NOTFOUND, TIMEOUT -> label();
      case DELETED, TOUCHED, OK, STORED -> "ok";
      case NOTSTORED, EXISTS -> "not_stored";
      default -> "error";
    };
  }

  /** Whether the request was not served; that a key is not there is no error. */
  public boolean isError() {
    return compareTo(TIMEOUT) >= 0;
  }
}
