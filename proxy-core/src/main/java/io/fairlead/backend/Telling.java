package io.fairlead.backend;

import io.fairlead.loop.Faults;

/**
 * Telling sinks that may fail: one that does is told that its request has failed, and costs neither
 * the others that wait for the same key nor the connection.
 */
final class Telling {
  private Telling() {}

  static void miss(ReplySink told, int slot) {
    try {
      told.onMiss(slot);
    } catch (Throwable e) {
      onFault(told, slot, e);
    }
  }

  static void failure(ReplySink told, int slot, Failure failure) {
    try {
      told.onFailure(slot, failure);
    } catch (Throwable e) {
      Faults.log("gave up a request", e);
    }
  }

  /** A sink has failed while it was told something. */
  static void onFault(ReplySink told, int slot, Throwable cause) {
    Faults.log("failed a request", cause);
    failure(told, slot, Failure.OVERLOADED);
  }
}
