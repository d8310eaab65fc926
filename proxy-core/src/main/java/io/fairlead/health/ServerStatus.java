package io.fairlead.health;

/** What one event loop knows of one server, at a moment. */
public record ServerStatus(
    String pool, String server, String address, State state, int failuresInARow, int inFlight) {
  /** Whether a server gets requests. */
  public enum State {
    UP,
    EJECTED
  }
}
