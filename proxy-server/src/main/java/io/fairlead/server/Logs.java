package io.fairlead.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the process; its form is in {@code logback.xml}. */
final class Logs {
  private Logs() {}

  /** Leaves out what is not a warning, unless the environment asks for a level. */
  static void quiet() {
    if (System.getenv("FAIRLEAD_LOG") == null && context() instanceof LoggerContext logback) {
      logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }
  }

  /** Sets the level, whatever the environment says. */
  static void level(Level level) {
    if (context() instanceof LoggerContext logback) {
      logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
    }
  }

  /** Writes what is still queued. Nothing can be logged afterwards. */
  static void flush() {
    if (context() instanceof LoggerContext logback) {
      logback.stop();
    }
  }

  private static Object context() {
    return LoggerFactory.getILoggerFactory();
  }
}
