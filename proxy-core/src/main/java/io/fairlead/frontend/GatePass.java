package io.fairlead.frontend;

/** Where a client stands at the {@link Gate}. */
final class GatePass {
  private boolean inLine;
  private boolean called;
  private boolean refused;
  private long waitsSince;

  boolean isInLine() {
    return inLine;
  }

  void inLine(boolean value) {
    inLine = value;
  }

  /** Whether it is its turn, so that others in line do not count. */
  boolean isCalled() {
    return called;
  }

  void called(boolean value) {
    called = value;
  }

  long waitsSince() {
    return waitsSince;
  }

  void waitsSince(long nanos) {
    waitsSince = nanos;
  }

  /** Whether the next request is answered that there are too many. */
  boolean isRefused() {
    return refused;
  }

  void refused(boolean value) {
    refused = value;
  }
}
