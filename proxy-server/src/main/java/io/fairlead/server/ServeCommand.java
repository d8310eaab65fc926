package io.fairlead.server;

import io.fairlead.config.ProxySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fairlead serve}: runs a proxy until the process is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = {
      "fairlead serve --server=HOST:PORT... [OPTIONS]",
      "       fairlead serve --config=FILE"
    },
    description = "Runs the proxy, from a file or from options alone.",
    footer = {
      "",
      "Examples:",
      "  fairlead serve --server cache1:11211 --server cache2:11211",
      "  fairlead serve --config fairlead.yaml",
      "",
      "SIGTERM or Ctrl-C: takes no new clients, answers what is in flight for up",
      "to 10 seconds, and ends with status 0."
    })
final class ServeCommand implements Callable<Integer> {
  static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read everything from this file; no other option.")
  private @Nullable Path config;

  @Mixin private ProxyOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification and the options
  ServeCommand() {}

  @Override
  public Integer call() throws UserError, InterruptedException {
    ProxySettings settings = settings();
    UntilStopped.run(
        () -> ProxyProcess.start(settings),
        process -> Banner.log(settings, process),
        process -> process.drain(DRAIN_LIMIT));
    return 0;
  }

  /** The settings that the command line asks for. */
  ProxySettings settings() throws UserError {
    if (config != null) {
      requireNothingElse();
      return ConfigFile.load(config);
    }
    if (!options.hasServers()) {
      throw mistake(
          "No memcached server is named: give --server HOST:PORT for each, or --config FILE.");
    }
    return options.toSettings();
  }

  private void requireNothingElse() {
    for (OptionSpec other : spec.commandLine().getParseResult().matchedOptions()) {
      if (!other.longestName().equals("--config")) {
        throw mistake(
            "--config and "
                + other.longestName()
                + " exclude each other: write it into the file, or leave --config out.");
      }
    }
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
