package io.fairlead.config;

import java.time.Duration;

/**
 * When a server stops getting requests, and how it comes back.
 *
 * @param failures consecutive failures that eject it
 * @param retry time between two probes of an ejected server
 * @param then what becomes of its keys meanwhile
 */
public record EjectSettings(boolean enabled, int failures, Duration retry, WhileEjected then) {
  /** Three failures in a row eject for two seconds, and the other servers take the keys. */
  public static final EjectSettings DEFAULT =
      new EjectSettings(true, 3, Duration.ofSeconds(2), WhileEjected.REHASH);

  private static final EjectSettings NO_MOVE =
      new EjectSettings(true, DEFAULT.failures(), DEFAULT.retry(), WhileEjected.ERROR);

  /** Servers are never ejected. */
  public static final EjectSettings OFF =
      new EjectSettings(false, DEFAULT.failures(), DEFAULT.retry(), DEFAULT.then());

  /**
   * What is done unless told otherwise: the default, without moving keys where that is not done.
   */
  public static EjectSettings defaultFor(PlacementSettings placement) {
    return placement.canRehash() ? DEFAULT : NO_MOVE;
  }

  /** What requests for an ejected server get. */
  public enum WhileEjected {
    /** The remaining servers share its keys, as with twemproxy's auto_eject_hosts. */
    REHASH,
    /** They are answered with an error at once; no key moves. */
    ERROR
  }
}
