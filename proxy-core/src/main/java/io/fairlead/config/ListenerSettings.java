package io.fairlead.config;

import java.util.Set;

/**
 * A port or socket that clients connect to.
 *
 * @param pool the name of the pool that answers its requests
 * @param allow commands that are refused unless named here
 * @param backlog connections the kernel keeps waiting to be accepted
 */
public record ListenerSettings(
    Address address, String pool, Set<GuardedCommand> allow, int backlog) {
  public static final int DEFAULT_PORT = 5000;
  public static final int DEFAULT_BACKLOG = 1024;

  /** Where the only pool is served when no listener is configured: this machine only. */
  public static final Address DEFAULT_ADDRESS = new Address.Tcp("127.0.0.1", DEFAULT_PORT);

  public ListenerSettings {
    allow = Set.copyOf(allow);
  }

  /** Commands that reach every server and so must be asked for by name. */
  public enum GuardedCommand {
    FLUSH_ALL
  }
}
