package io.fairlead.server;

/** The signal that a terminal sends when it is closed, and log rotation when a file was moved. */
final class Hangup {
  private Hangup() {}

  /** Runs {@code action} for each SIGHUP, which would end the process otherwise. */
  static void handle(Runnable action) {
    Signals.handle("HUP", action);
  }
}
