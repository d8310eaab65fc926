package io.fairlead.health;

import io.fairlead.config.EjectSettings;

/**
 * Whether a server gets requests.
 *
 * <pre>
 *            failures in a row reach the limit
 *      UP ----------------------------------------> EJECTED
 *       ^                                              |
 *       +----------- a probe was answered -------------+
 * </pre>
 *
 * A request's success forgets earlier failures. Requests never probe: an ejected server gets none.
 */
public final class ServerHealth {
  private final EjectSettings settings;
  private int failuresInARow;
  private boolean ejected;

  public ServerHealth(EjectSettings settings) {
    this.settings = settings;
  }

  /** Notes a failure; true when this one ejects the server. */
  public boolean failed() {
    failuresInARow++;
    if (ejected || !settings.enabled() || failuresInARow < settings.failures()) {
      return false;
    }
    ejected = true;
    return true;
  }

  /** Notes that the server answered a request. */
  public void answered() {
    if (!ejected) {
      failuresInARow = 0;
    }
  }

  /** Notes that an ejected server answered a probe: it gets requests again. */
  public void probeAnswered() {
    ejected = false;
    failuresInARow = 0;
  }

  public boolean isUp() {
    return !ejected;
  }

  public int failuresInARow() {
    return failuresInARow;
  }
}
