package io.fairlead.server.top;

import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.remote.Snapshot;

/** What there is to react to. */
sealed interface Event {
  /** The proxy has answered. */
  record Answered(Snapshot snapshot) implements Event {}

  /** It has not, or not with what it should have. */
  record NotAnswered(RemoteException reason) implements Event {}

  /** Somebody has pressed a key. */
  record Pressed(int key) implements Event {}

  /** The terminal has another size. */
  record Resized() implements Event {}

  /** Somebody wants it to end, or the terminal is gone. */
  record Ended() implements Event {}

  /** A thread of ours has failed, which is our mistake. */
  record Failed(RuntimeException mistake) implements Event {}
}
