package io.fairlead.server.process;

import org.jspecify.annotations.Nullable;

/** The signal that a terminal sends when it is closed, and log rotation when a file was moved. */
public final class Hangup {
  private @Nullable Runnable action;
  private boolean hasCome;

  private Hangup() {}

  /** Runs {@code action} for each SIGHUP, which would end the process otherwise. */
  public static void handle(Runnable action) {
    Signals.handle("HUP", action);
  }

  /** Has SIGHUP wait from now on until there is something to run for it. */
  public static Hangup awaiting() {
    Hangup hangup = new Hangup();
    handle(hangup::onSignal);
    return hangup;
  }

  /** Runs {@code next} for each SIGHUP, and once at present if any has waited. */
  public synchronized void handleBy(Runnable next) {
    action = next;
    if (hasCome) {
      next.run();
    }
  }

  private synchronized void onSignal() {
    hasCome = true;
    if (action != null) {
      action.run();
    }
  }
}
