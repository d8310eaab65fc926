package io.fairlead.model;

import java.util.BitSet;

/** What a client knows of a key that nobody else writes, where each key has one server. */
final class OwnKey {
  /** The last write that was acknowledged; no older one may be seen again. */
  private int acknowledged;

  /** Writes of which nobody knows whether, and when, they were executed. */
  private final BitSet inDoubt = new BitSet();

  void acknowledge(int step) {
    acknowledged = step;
  }

  void doubt(int step) {
    inDoubt.set(step);
  }

  boolean mayBe(int step) {
    return step >= acknowledged || inDoubt.get(step);
  }

  int acknowledged() {
    return acknowledged;
  }
}
