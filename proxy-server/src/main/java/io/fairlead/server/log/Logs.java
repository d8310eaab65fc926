package io.fairlead.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.fairlead.server.admin.LogLevel;
import io.fairlead.server.events.RecentEvents;
import io.fairlead.server.introspection.Verbosity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the process; {@link LogSetup} puts it together. */
public final class Logs {
  private Logs() {}

  /** What is wrong with the variables for it; null when nothing is. */
  public static @Nullable String mistakeIn(Map<String, String> environment) {
    for (Variable variable : Variable.values()) {
      String value = environment.get(variable.name());
      if (value != null && !variable.words.contains(value.toLowerCase(Locale.ROOT))) {
        return variable + ": " + value + " (expected: " + String.join(", ", variable.words) + ")";
      }
    }
    return null;
  }

  /** What the environment may say about it. */
  private enum Variable {
    FAIRLEAD_LOG("trace", "debug", "info", "warn", "error", "off"),
    FAIRLEAD_LOG_FORMAT("text", "json");

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy
    private final List<String> words;

    Variable(String... words) {
      this.words = List.of(words);
    }
  }

  /** Leaves out what is not a warning, unless the environment asks for a level. */
  public static void quiet() {
    if (System.getenv("FAIRLEAD_LOG") == null && context() instanceof LoggerContext logback) {
      logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }
  }

  /** Sets the level, whatever the environment says. */
  public static void level(Level level) {
    if (context() instanceof LoggerContext logback) {
      logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
    }
  }

  /** Runs a task without what a package logs, unless the environment asks for a level. */
  public static <T> T without(String name, Supplier<T> task) {
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
  public static Verbosity verbosity() {
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

  /** How much is logged, for the admin port. */
  public static LogLevel logLevel() {
    return new LogLevel() {
      @Override
      public String present() {
        return context() instanceof LoggerContext logback
            ? logback
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .getEffectiveLevel()
                .toString()
                .toLowerCase(Locale.ROOT)
            : "off";
      }

      @Override
      public void change(String name) {
        Logs.level(Level.toLevel(name));
      }
    };
  }

  /** The level that mcrouter's number asks for. */
  public static Level levelOf(int verbosity) {
    return verbosity < 2 ? Level.INFO : verbosity == 2 ? Level.DEBUG : Level.TRACE;
  }

  /** Writes the log in another form from now on, whatever the environment says. */
  public static void format(LogFormat format) {
    if (context() instanceof LoggerContext logback
        && logback.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogQueue.NAME)
            instanceof LogQueue queue
        && queue.getAppender(LogWriter.NAME) instanceof LogWriter writer
        && writer.getEncoder() instanceof LogEncoder encoder) {
      encoder.format(format);
    }
  }

  /** The latest lines of the log; none where another library than ours logs. */
  public static RecentEvents recentEvents() {
    return recentEvents(context());
  }

  public static RecentEvents recentEvents(Object context) {
    return context instanceof LoggerContext logback
            && logback.getLogger("io.fairlead").getAppender(LogEvents.NAME)
                instanceof LogEvents events
        ? events.recent()
        : new RecentEvents();
  }

  /** Writes what is still queued. Nothing can be logged afterwards. */
  public static void flush() {
    if (context() instanceof LoggerContext logback) {
      logback.stop();
    }
  }

  private static Object context() {
    return LoggerFactory.getILoggerFactory();
  }
}
