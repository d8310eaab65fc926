package io.fairlead.backend;

import io.fairlead.health.Hold;
import io.fairlead.loop.ProxyLoop;

/**
 * All connections of an event loop to a server: those that its clients share, those for large
 * values, and those that only answer what they have.
 */
final class ServerConnections implements ProxyLoop.Ticking {
  private final Server server;
  private final Lanes lanes;
  private final UploadPool uploads;
  private final LeavingConnections leaving;
  private int mostRequests;
  private boolean paused;

  ServerConnections(ProxyLoop loop, Server server, Lanes lanes, UploadPool uploads) {
    this.server = server;
    this.lanes = lanes;
    this.uploads = uploads;
    this.leaving = new LeavingConnections(loop);
    this.mostRequests = server.limits().serverRequests();
  }

  /**
   * Requests that may be in flight on one connection, and large values that may be on their way.
   */
  int mostRequests() {
    return mostRequests;
  }

  void allowRequests(int most) {
    mostRequests = most;
  }

  /** Whether requests wait until an operator lets them go. */
  boolean isPaused() {
    return paused;
  }

  /** One is open. */
  void onConnected() {
    server.accounts().connected();
    lanes.onConnected();
  }

  /** One that requests take, or that is to take the place of one, can be used from now on. */
  void onOpened(ServerConnection connection) {
    onConnected();
    lanes.onOpened(connection);
  }

  /** One leads to an address that is not the server's any more. */
  void onLeft(ServerConnection connection) {
    if (lanes.remove(connection)) {
      leaving.add(connection);
      lanes.connect();
    }
  }

  /** One is not among those that requests take any more, and answers what it has. */
  void onTakenOut(ServerConnection connection) {
    leaving.add(connection);
  }

  /** One is gone; called before the requests on it are failed or asked again. */
  void onEnded(ServerConnection connection, boolean opened, boolean hadWork, Failure why) {
    lanes.remove(connection);
    boolean hasLeft = leaving.remove(connection) && !hadWork;
    if (server.availability().isClosed()
        || hasLeft
        || why.isOfTheProxy()
        || connection.isWaiting()) {
      return;
    }
    lanes.ended(opened);
    if (!opened || hadWork) {
      server.availability().onFailed(why);
    }
  }

  /** The server stops or starts getting requests. */
  void onHealthChange(boolean serves, Hold hold) {
    if (serves) {
      if (!server.availability().isClosed()) {
        lanes.connectAtOnce();
      }
    } else if (hold == Hold.DRAINED) {
      leaveAll();
    } else {
      closeAll(Failure.EJECTED);
    }
  }

  /** An operator wants something else of the server. */
  void onHold(Hold hold) {
    boolean before = paused;
    paused = hold == Hold.PAUSED;
    if (paused && !before) {
      leaveAll();
    } else if (before && !paused && !server.availability().isClosed()) {
      lanes.connectWaiting();
      uploads.connectWaiting();
    }
  }

  /** Nothing new is sent on the present ones: they close when all on them is answered. */
  void leaveAll() {
    lanes.takeAll().forEach(leaving::add);
    uploads.leaveAll();
  }

  /**
   * Replaces them one after the other, each when another one is open, so that no request fails.
   *
   * @return how many will be replaced
   */
  int replaceAll() {
    uploads.leaveAll();
    return lanes.replaceAll();
  }

  /** Looks at all deadlines. */
  @Override
  public long onTick(long now) {
    return Math.min(Math.min(uploads.expire(now), leaving.expire(now)), lanes.expire(now));
  }

  /** Whether a request is on its way. */
  boolean areBusy() {
    return lanes.inFlight() > 0 || uploads.isBusy() || leaving.inFlight() > 0;
  }

  int inFlight() {
    return lanes.inFlight() + leaving.inFlight() + uploads.inFlight();
  }

  void countQueues(QueueCount count) {
    lanes.countQueues(count);
    uploads.countQueues(count);
    leaving.countQueues(count);
  }

  void closeAll(Failure why) {
    lanes.closeAll(why);
    uploads.closeAll(why);
    leaving.closeAll(why);
  }
}
