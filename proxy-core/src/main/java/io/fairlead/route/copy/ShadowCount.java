package io.fairlead.route.copy;

/** How many copies of requests are under way, of how many that may be. */
final class ShadowCount {
  private final int most;
  private int inFlight;

  /**
   * @param most 0 for any number
   */
  ShadowCount(int most) {
    this.most = most;
  }

  boolean hasRoom() {
    return most == 0 || inFlight < most;
  }

  void begin() {
    inFlight++;
  }

  void end() {
    inFlight--;
  }
}
