package io.fairlead.frontend;

import org.jspecify.annotations.Nullable;

/**
 * One client's way through the {@link Gate}, which is open where any number of requests may be
 * under way.
 */
final class GatePass {
  private final ClientConnection client;
  private final @Nullable Gate gate;
  private boolean inLine;
  private boolean called;
  private boolean refused;
  private long waitsSince;

  GatePass(ClientConnection client, @Nullable Gate gate) {
    this.client = client;
    this.gate = gate;
  }

  /**
   * Whether the client's next request that needs a server may be begun, which may mean to be
   * refused; false when it has to wait.
   */
  boolean admits() {
    if (gate == null) {
      return true;
    }
    Gate.Verdict verdict = gate.verdict(this);
    refused = verdict == Gate.Verdict.REFUSE;
    return verdict != Gate.Verdict.WAIT;
  }

  /** Whether the next request is answered that there are too many. */
  boolean isRefused() {
    return refused;
  }

  /** A request, or one key of it, goes on. */
  void enter() {
    if (gate != null) {
      gate.enter();
    }
  }

  /** It is over. */
  void leave() {
    if (gate != null) {
      gate.leave();
    }
  }

  /** The client is gone. */
  void giveUp() {
    if (gate != null && inLine) {
      inLine = false;
      gate.forget(this);
    }
  }

  boolean isInLine() {
    return inLine;
  }

  void standsInLine() {
    inLine = true;
  }

  /** The same for one that comes to the line's end. */
  void standsInLine(long since) {
    inLine = true;
    waitsSince = since;
  }

  long waitsSince() {
    return waitsSince;
  }

  /** It is this client's turn after it had to wait. */
  void call() {
    inLine = false;
    called = true;
    client.resume();
  }

  /** Whether it has been called since this was asked last, so that others in line do not count. */
  boolean wasCalled() {
    boolean was = called;
    called = false;
    return was;
  }
}
