package io.fairlead.health;

/**
 * What is known of one server at a moment.
 *
 * @param inFlight requests of one event loop that wait for it; everything else is the same on all
 */
public record ServerStatus(
    String pool, String server, String address, int inFlight, HealthReport health) {
  /** A server of which nothing is known but its state. */
  public ServerStatus(
      String pool, String server, String address, State state, int failuresInARow, int inFlight) {
    this(pool, server, address, inFlight, HealthReport.of(state, failuresInARow));
  }

  public State state() {
    return health.state();
  }

  public int failuresInARow() {
    return health.failuresInARow();
  }

  /** How a server is; the package has a picture. */
  public enum State {
    /** It gets requests. */
    UP,
    /** It ought to be ejected, and is not, as too many are. */
    FAILING,
    /** It gets no requests. */
    EJECTED,
    /** It gets no requests either, but has answered a probe. */
    PROBING,
    /** It is back, and gets requests as long as not too many are in flight. */
    RAMPING,
    /** It gets no requests, as an operator wants; whatever its health is. */
    DRAINED,
    /** Requests for it wait, likewise. */
    PAUSED;

    /** Whether it gets no requests: until a probe, or an operator, brings it back. */
    public boolean isOut() {
      return this == EJECTED || this == PROBING || this == DRAINED;
    }

    /** Whether all is well, or was of late and is again. */
    public boolean isHealthy() {
      return this == UP || this == RAMPING;
    }
  }
}
