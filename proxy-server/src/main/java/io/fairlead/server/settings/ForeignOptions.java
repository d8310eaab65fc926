package io.fairlead.server.settings;

import io.fairlead.config.Dialect;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.server.command.Choices;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a nutcracker.yml has no words for; our own files say it themselves. */
public final class ForeignOptions {
  /** The options, and how a file of our own says the same. */
  public static final Map<String, String> IN_OWN_FILE =
      Map.of(
          "--on-parse-error", "write on_parse_error into its listeners",
          "--multiget-failure", "write multiget_failure into its pools",
          "--error-text", "write error_text into its pools",
          "--key-bytes", "write key_bytes into its pools",
          "--skip-redis-pools", "leave the option out, it has no such pools");

  private static final LoadOptions.Foreign DEFAULT = LoadOptions.Foreign.DEFAULT;

  @Option(
      names = "--on-parse-error",
      paramLabel = "WORD",
      converter = Choices.ParseErrors.class,
      description = {
        "For a line that is no valid request: answer, as",
        "memcached (default), or close, as nutcracker."
      })
  private ParseError onParseError = DEFAULT.onParseError();

  @Option(
      names = "--multiget-failure",
      paramLabel = "WORD",
      converter = Choices.MultigetFailures.class,
      description = {
        "When some servers fail in a multi-key get: partial",
        "(default) keeps the other hits, error keeps none."
      })
  private MultigetFailure multigetFailure = DEFAULT.multigetFailure();

  @Option(
      names = "--error-text",
      paramLabel = "WORD",
      converter = Choices.ErrorTexts.class,
      description = "Errors: native (default), twemproxy or grouped.")
  private ErrorText errorText = DEFAULT.errorText();

  @Option(
      names = "--key-bytes",
      paramLabel = "WORD",
      converter = Choices.KeyByteKinds.class,
      description = {
        "Hash bytes above 0x7f as nutcracker does on x86-64:",
        "signed (default); or on arm64: unsigned."
      })
  private KeyBytes keyBytes = DEFAULT.keyBytes();

  @Option(
      names = "--skip-redis-pools",
      description = "Leave out pools that speak Redis, else refused.")
  private boolean skipRedisPools;

  /** Refuses options that are for a file of another dialect, which would go without them. */
  public static void requireFit(CommandSpec spec, Path file, Dialect dialect) {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      String inOwnFile = IN_OWN_FILE.get(name);
      if (inOwnFile != null && dialect == Dialect.FAIRLEAD) {
        throw misfit(spec, name, "a nutcracker.yml", file + " is Fairlead's own: " + inOwnFile);
      }
      if (inOwnFile != null && dialect == Dialect.MCROUTER) {
        throw misfit(spec, name, "a nutcracker.yml", file + " is mcrouter's: leave it out");
      }
      if (McrouterFileOptions.NAMES.contains(name) && dialect != Dialect.MCROUTER) {
        throw misfit(spec, name, "a file of mcrouter", file + " is none: leave it out");
      }
    }
  }

  private static ParameterException misfit(
      CommandSpec spec, String option, String owner, String wayOut) {
    return new ParameterException(
        spec.commandLine(), option + " is for " + owner + ", and " + wayOut + ".");
  }

  public LoadOptions.Foreign toSettings() {
    return new LoadOptions.Foreign(
        onParseError, multigetFailure, errorText, keyBytes, skipRedisPools);
  }
}
