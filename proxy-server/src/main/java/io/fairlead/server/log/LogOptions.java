package io.fairlead.server.log;

import ch.qos.logback.classic.Level;
import io.fairlead.server.command.OneOf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the log of a process is like, in place of what the environment says about that. */
public final class LogOptions {
  public static final String LEVEL = "--log-level";
  public static final String FORMAT = "--log-format";

  @Option(
      names = LEVEL,
      paramLabel = "LEVEL",
      converter = Levels.class,
      description = "How much is logged: trace, debug, info, warn, error.")
  private @Nullable LogLevel level;

  @Option(
      names = FORMAT,
      paramLabel = "WORD",
      converter = Formats.class,
      description = "The log on standard error: text (default) or json.")
  private @Nullable LogFormat format;

  /** The levels that people name. */
  enum LogLevel {
    TRACE(Level.TRACE),
    DEBUG(Level.DEBUG),
    INFO(Level.INFO),
    WARN(Level.WARN),
    ERROR(Level.ERROR);

    @SuppressWarnings("ImmutableEnumChecker") // there is one of each
    private final Level level;

    LogLevel(Level level) {
      this.level = level;
    }
  }

  static final class Levels extends OneOf<LogLevel> {
    Levels() {
      super(LogLevel.values());
    }
  }

  static final class Formats extends OneOf<LogFormat> {
    Formats() {
      super(LogFormat.values());
    }
  }

  /** Makes the log so from now on. */
  public void apply() {
    if (format != null) {
      Logs.format(format);
    }
    if (level != null) {
      Logs.level(level.level);
    }
  }
}
