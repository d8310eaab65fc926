package io.fairlead.server.admin;

import java.util.concurrent.CompletionStage;

/** The configuration of the process, which may be read again. */
public interface Reloading {
  /** How things are; from any thread. */
  ConfigStatus status();

  /** Reads it again; tells, on another thread, how things are then. */
  CompletionStage<ConfigStatus> reload();
}
