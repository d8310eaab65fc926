package io.fairlead.server.mcrouter;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The process around the proxy.
 *
 * @param service the name of the service
 * @param router the name of this one of it: the flavor file, else the first port
 * @param logFile null for standard error
 * @param jsonLog whether the log is written as JSON; null when nothing is said
 * @param verbosity null when nothing is said
 * @param validation whether the configuration is only checked
 * @param statsFolder where statistics files are written; empty for nowhere
 * @param statsInterval how often; zero for never
 */
public record ProcessOptions(
    String service,
    String router,
    @Nullable Path logFile,
    @Nullable Boolean jsonLog,
    @Nullable Integer verbosity,
    Validation validation,
    String statsFolder,
    Duration statsInterval) {

  /** What {@code --validate-config} asks for. */
  public enum Validation {
    NONE,
    /** To check the configuration and end. */
    EXIT,
    /** To go on when it is good. */
    RUN
  }

  // Written out because javac loses the @Nullable of nested types without it.
  public ProcessOptions(
      String service,
      String router,
      @Nullable Path logFile,
      @Nullable Boolean jsonLog,
      @Nullable Integer verbosity,
      Validation validation,
      String statsFolder,
      Duration statsInterval) {
    this.service = service;
    this.router = router;
    this.logFile = logFile;
    this.jsonLog = jsonLog;
    this.verbosity = verbosity;
    this.validation = validation;
    this.statsFolder = statsFolder;
    this.statsInterval = statsInterval;
  }

  static ProcessOptions of(OptionValues values, ListenOptions listen) throws McrouterMistake {
    if (values.text("router_name").isEmpty()) {
      values.show(
          "router_name", listen.ports().isEmpty() ? "0" : String.valueOf(listen.ports().get(0)));
    }
    return new ProcessOptions(
        values.text("service_name"),
        values.text("router_name"),
        logFile(values),
        jsonLog(values),
        values.isGiven("verbosity") ? values.count("verbosity") : null,
        validation(values),
        values.isGiven("stats_root") ? values.text("stats_root") : "",
        values.millis("stats_logging_interval"));
  }

  private static @Nullable Path logFile(OptionValues values) throws McrouterMistake {
    String name = values.text("log_file");
    try {
      return name.isEmpty() ? null : Path.of(name);
    } catch (InvalidPathException e) {
      throw McrouterMistake.badValue(
          values.spelling("log_file"), name, "characters that the locale (LANG) knows, as C.UTF-8");
    }
  }

  private static @Nullable Boolean jsonLog(OptionValues values) throws McrouterMistake {
    if (!values.isGiven("log_format")) {
      return null;
    }
    return switch (values.text("log_format")) {
      case "text" -> false;
      case "json" -> true;
      default ->
          throw McrouterMistake.badValue("--log-format", values.text("log_format"), "text or json");
    };
  }

  private static Validation validation(OptionValues values) throws McrouterMistake {
    if (!values.isGiven("validate_config")) {
      return Validation.NONE;
    }
    return switch (values.text("validate_config")) {
      case "", "exit", "1" -> Validation.EXIT;
      case "run" -> Validation.RUN;
      case "0" -> Validation.NONE;
      default ->
          throw McrouterMistake.badValue(
              "--validate-config", values.text("validate_config"), "exit or run");
    };
  }
}
