package io.fairlead.config;

import java.util.Set;

/**
 * A port or socket that clients connect to.
 *
 * @param target the name of the pool, or of the tree of routes, that answers its requests
 * @param allow commands that are refused unless named here
 * @param connections most client connections of this listener; 0 for no limit of its own, so that
 *     only that of the proxy holds
 * @param onParseError what a client gets for a line that is no valid request
 */
public record ListenerSettings(
    Address address,
    String target,
    Set<GuardedCommand> allow,
    SocketSettings socket,
    int connections,
    ParseError onParseError) {
  public static final int DEFAULT_PORT = 5000;

  /** Where the only pool is served when no listener is configured: this machine only. */
  public static final Address DEFAULT_ADDRESS = new Address.Tcp("127.0.0.1", DEFAULT_PORT);

  public ListenerSettings {
    allow = Set.copyOf(allow);
  }

  /** A listener with every other setting at its default. */
  public static ListenerSettings of(Address address, String target) {
    return of(address, target, Set.of());
  }

  /** A listener that allows some commands, and has every other setting at its default. */
  public static ListenerSettings of(Address address, String target, Set<GuardedCommand> allow) {
    return new ListenerSettings(
        address, target, allow, SocketSettings.DEFAULT, 0, ParseError.ANSWER);
  }

  /** Commands that reach every server and so must be asked for by name. */
  public enum GuardedCommand {
    FLUSH_ALL
  }

  /** What becomes of a client that sends a line which is no valid request. */
  public enum ParseError {
    /** It gets the error line that memcached would send, and goes on. */
    ANSWER,
    /** It is closed without an error line, as twemproxy does. */
    CLOSE
  }
}
