package io.fairlead.backend;

/**
 * How many requests an event loop may have under way for the second time: a fifth of all that are
 * in flight, so that servers which lose connections do not get twice the load for it.
 */
final class RetryBudget {
  /** With few requests in flight a fifth would be none. */
  static final int LEAST = 3;

  /** One in so many. */
  static final int PART = 5;

  private int underWay;

  /**
   * Whether another request may be sent a second time.
   *
   * @param inFlight requests that are under way, those that were sent a second time among them
   */
  boolean hasRoom(long inFlight) {
    return underWay < Math.max(LEAST, inFlight / PART);
  }

  void began() {
    underWay++;
  }

  void ended() {
    underWay--;
    assert underWay >= 0;
  }

  int underWay() {
    return underWay;
  }
}
