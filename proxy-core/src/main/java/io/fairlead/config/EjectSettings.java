package io.fairlead.config;

import io.fairlead.config.PoolSettings.Mode;
import java.time.Duration;

/**
 * When a server stops getting requests, and how it comes back.
 *
 * @param failures consecutive failures that eject it
 * @param connectFailures consecutive failures to connect that do
 * @param time for which it is out at least, times the ejections of late
 * @param longestTime at most
 * @param atMost of a pool's servers so many percent may be out at a time; one may always
 * @param ramp after its return, how long until it may have as many requests in flight as ever; zero
 *     for at once
 * @param probe how it is tested
 * @param panic what is done when too few servers are left
 * @param then what becomes of its keys meanwhile
 */
public record EjectSettings(
    boolean enabled,
    int failures,
    int connectFailures,
    Duration time,
    Duration longestTime,
    int atMost,
    Duration ramp,
    ProbeSettings probe,
    PanicSettings panic,
    WhileEjected then) {
  /** All servers may be out. */
  public static final int ALL = 100;

  /** Three failures in a row eject for a second, and the other servers take the keys. */
  public static final EjectSettings DEFAULT = new EjectBuilder(WhileEjected.REHASH).build();

  private static final EjectSettings NO_MOVE = new EjectBuilder(WhileEjected.ERROR).build();

  /** Servers are never ejected. */
  public static final EjectSettings OFF = DEFAULT.disabled();

  /**
   * What is done unless told otherwise: the default, without moving keys where that is not done.
   */
  public static EjectSettings defaultFor(PlacementSettings placement, Mode mode) {
    return placement.canRehash() && mode == Mode.SHARDED ? DEFAULT : NO_MOVE;
  }

  /** Begins settings of which some will not be at their defaults, which depend on {@code then}. */
  public static EjectBuilder with(WhileEjected then) {
    return new EjectBuilder(then);
  }

  private EjectSettings disabled() {
    return new EjectSettings(
        false, failures, connectFailures, time, longestTime, atMost, ramp, probe, panic, then);
  }

  /** What requests for an ejected server get. */
  public enum WhileEjected {
    /** The remaining servers share its keys, as with twemproxy's auto_eject_hosts. */
    REHASH,
    /** They are answered with an error at once; no key moves. */
    ERROR,
    /** Reads find nothing, everything else is answered with an error; no key moves. */
    MISS
  }

  /**
   * How an ejected server is tested.
   *
   * @param first from the ejection to the first probe
   * @param longest between two probes, after pauses that grow
   */
  public record ProbeSettings(Duration first, Duration longest) {}

  /**
   * What is done when too few servers of a pool are healthy.
   *
   * @param below in percent of the servers; 0 for never
   */
  public record PanicSettings(int below, InPanic then) {
    /** Whatever happens, nothing is done. */
    public static final PanicSettings NEVER = new PanicSettings(0, InPanic.ERROR);
  }

  /** What requests for a server that is not healthy get while its pool is in panic. */
  public enum InPanic {
    /** They are answered with an error at once. */
    ERROR,
    /** Reads find nothing, everything else is answered with an error. */
    MISS,
    /** They are sent to it all the same. */
    IGNORE_HEALTH
  }
}
