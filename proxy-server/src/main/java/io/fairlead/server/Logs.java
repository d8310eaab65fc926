package io.fairlead.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.fairlead.server.events.RecentEvents;
import io.fairlead.server.introspection.Verbosity;
import java.util.function.Supplier;
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

  /** Runs a task without what a package logs, unless the environment asks for a level. */
  static <T> T without(String name, Supplier<T> task) {
    if (System.getenv("FAIRLEAD_LOG") != null || !(context() instanceof LoggerContext logback)) {
      return task.get();
    }
    ch.qos.logback.classic.Logger logger = logback.getLogger(name);
    Level before = logger.getLevel();
    logger.setLevel(Level.OFF);
    try {
      return task.get();
    } finally {
      logger.setLevel(before);
    }
  }

  /** How much is logged, in mcrouter's numbers. */
  static Verbosity verbosity() {
    return new Verbosity() {
      @Override
      public int level() {
        if (!(context() instanceof LoggerContext logback)) {
          return 0;
        }
        Level level = logback.getLogger(Logger.ROOT_LOGGER_NAME).getLevel();
        return level.isGreaterOrEqual(Level.INFO) ? 0 : level == Level.DEBUG ? 2 : 3;
      }

      @Override
      public void level(int level) {
        Logs.level(levelOf(level));
      }
    };
  }

  /** The level that mcrouter's number asks for. */
  static Level levelOf(int verbosity) {
    return verbosity < 2 ? Level.INFO : verbosity == 2 ? Level.DEBUG : Level.TRACE;
  }

  /** The latest lines of the log; none where another library than ours logs. */
  static RecentEvents recentEvents() {
    return recentEvents(context());
  }

  static RecentEvents recentEvents(Object context) {
    return context instanceof LoggerContext logback
            && logback.getLogger("io.fairlead").getAppender("recent") instanceof LogEvents events
        ? events.recent()
        : new RecentEvents();
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
