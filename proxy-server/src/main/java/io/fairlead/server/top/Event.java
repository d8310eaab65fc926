package io.fairlead.server.top;

import io.fairlead.server.remote.RemoteException;
import io.fairlead.server.remote.Snapshot;

/** What there is to react to. */
sealed interface Event {
  /** The proxy has answered. */
  record Answered(Snapshot snapshot) implements Event {}

  /** It has not, or not with what it should have. */
  record NotAnswered(RemoteException reason) implements Event {}

  /** A thread of ours has failed, which is our mistake. */
  record Failed(RuntimeException mistake) implements Event {}
}
