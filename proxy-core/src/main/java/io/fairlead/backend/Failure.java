package io.fairlead.backend;

import java.nio.charset.StandardCharsets;

/** Why a request has no reply from a server, and what its client is told. */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the bytes
public enum Failure {
  TIMEOUT("server timed out"),
  CONNECT_FAILED("server cannot be reached"),
  LOST("server closed the connection"),
  INVALID_REPLY("server sent an invalid reply"),
  EJECTED("server is ejected"),
  OVERLOADED("server is overloaded: too many requests wait for it"),
  NO_SERVERS("no servers"),
  CLIENT_TOO_SLOW("reply dropped: this client does not read fast enough"),
  NOT_ENOUGH_REPLICAS("not enough replicas accepted the write"),
  STOPPING("proxy is stopping");

  private final byte[] line;

  Failure(String text) {
    line = ("SERVER_ERROR " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** The error line with its line end. Not to be changed by the caller. */
  public byte[] line() {
    return line;
  }
}
