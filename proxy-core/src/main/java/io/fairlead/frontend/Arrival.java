package io.fairlead.frontend;

/** The reply for one slot of a request while it comes in, whole or piece by piece. */
final class Arrival {
  private static final int NONE = -1;

  private int slot = NONE;
  private boolean dropped;
  private int bytes;

  void clear() {
    slot = NONE;
    dropped = false;
  }

  /** Whether a piece of that slot's reply has come before. */
  boolean isUnderWay(int ofSlot) {
    return slot == ofSlot;
  }

  /** Whether a reply that is being dropped has not come to its end. */
  boolean isDropping() {
    return slot != NONE && dropped;
  }

  /** The first piece comes. */
  void begin() {
    bytes = 0;
    dropped = false;
  }

  /** Nobody gets what comes. */
  void drop() {
    dropped = true;
  }

  boolean isDropped() {
    return dropped;
  }

  /** Counts a piece. */
  void add(int length) {
    bytes += length;
  }

  /** Bytes that have come of it. */
  int bytes() {
    return bytes;
  }

  /** More of that slot's reply follows. */
  void goesOn(int ofSlot) {
    slot = ofSlot;
  }

  void ends() {
    slot = NONE;
  }
}
