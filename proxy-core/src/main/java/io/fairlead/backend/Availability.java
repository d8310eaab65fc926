package io.fairlead.backend;

import org.jspecify.annotations.Nullable;

/**
 * Whether a server gets the requests of an event loop: not while its health forbids it, nor while
 * it must be told of deletes first, nor when it is closed.
 */
final class Availability {
  private final Ejection ejection;

  /** Null when deletes are not spooled. */
  private final @Nullable SpooledDeletes spooled;

  private Failure lastFailure = Failure.CONNECT_FAILED;
  private boolean closed;

  Availability(Ejection ejection, @Nullable SpooledDeletes spooled) {
    this.ejection = ejection;
    this.spooled = spooled;
  }

  /** Begins to follow the health of the server, and its backlog. */
  void start() {
    if (spooled != null) {
      spooled.start();
    }
    ejection.start();
  }

  /** It gets no requests any more. */
  void close() {
    closed = true;
    ejection.stop();
    if (spooled != null) {
      spooled.stop();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether it gets requests, and so connections. */
  boolean mayConnect() {
    return !closed && ejection.serves();
  }

  /** Whether it must be told of deletes before it may serve anything else. */
  boolean isCatchingUp() {
    return spooled != null && spooled.arePending();
  }

  /** Whether reads are told that there is no such item, because it gets no requests. */
  boolean readsMiss() {
    return !closed && !ejection.serves() && ejection.misses();
  }

  /** It has answered a request, well or badly. */
  void onAnswered() {
    ejection.answered();
    if (spooled != null) {
      spooled.onAnswer();
    }
  }

  /** It has answered a probe; false while it must not come back yet, and is to be asked again. */
  boolean mayReturn() {
    if (spooled != null) {
      spooled.onAnswer();
    }
    return !isCatchingUp();
  }

  void onFailed(Failure why) {
    ejection.failed(why);
  }

  /** A connection that clients share could not be opened. */
  void notConnected(Failure why) {
    lastFailure = why;
  }

  /** Why there is no connection for a request; that it could not be opened counts as a failure. */
  Failure whyNot() {
    if (closed) {
      return Failure.STOPPING;
    }
    if (!ejection.serves()) {
      return Failure.EJECTED;
    }
    onFailed(lastFailure);
    return lastFailure;
  }
}
