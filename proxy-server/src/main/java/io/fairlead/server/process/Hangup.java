package io.fairlead.server.process;

/** The signal that a terminal sends when it is closed, and log rotation when a file was moved. */
public final class Hangup {
  private Hangup() {}

  /** Runs {@code action} for each SIGHUP, which would end the process otherwise. */
  public static void handle(Runnable action) {
    Signals.handle("HUP", action);
  }
}
