package io.fairlead.server.serve;

import io.fairlead.config.Address;
import io.fairlead.config.Dialect;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.ProxySettings;
import io.fairlead.dialect.FileLoader;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.ListenText;
import io.fairlead.server.command.UserError;
import io.fairlead.server.log.LogOptions;
import io.fairlead.server.settings.ConfigFile;
import io.fairlead.server.settings.DialectOptions;
import io.fairlead.server.settings.FileSettings;
import io.fairlead.server.settings.ForeignOptions;
import io.fairlead.server.settings.McrouterFileOptions;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code fairlead serve}: runs a proxy until the process is told to stop. */
@Command(
    name = "serve",
    customSynopsis = {
      "fairlead serve --server=HOST:PORT... [OPTIONS]",
      "       fairlead serve --config=FILE [--admin=ADDR:PORT]",
      "       fairlead serve --config=nutcracker.yml [--admin=ADDR:PORT] [OPTIONS]",
      "       fairlead serve --config=mcrouter.json [--listen=ADDR:PORT] [OPTIONS]"
    },
    description = "Runs the proxy, from a file or from options alone.",
    footer = {
      "",
      "Examples:",
      "  fairlead serve --server cache1:11211 --server cache2:11211",
      "  fairlead serve --config fairlead.yaml",
      "  fairlead serve --config nutcracker.yml --skip-redis-pools",
      "  fairlead serve --config fairlead.yaml --takeover",
      "",
      "A changed file is taken while it runs; SIGHUP has it read at once.",
      "SIGTERM or Ctrl-C: takes no new clients, lets those it has end what they have",
      "begun, for up to 20 seconds, and ends with status 0; once more: ends at once.",
      "",
      ExitStatus.OK + "told to stop" + ExitStatus.FAILED + "not started" + ExitStatus.USAGE
    })
public final class ServeCommand extends HelpfulCommand {
  private static final String CONFIG = "--config";
  private static final String LISTEN = "--listen";
  private static final String TWEMPROXY_STATS = "--twemproxy-stats";
  private static final String NO_RELOAD = "--no-reload";
  private static final Set<String> BESIDE_A_FILE =
      Set.of(
          CONFIG,
          LISTEN,
          "--admin",
          AdminTokenOption.NAME,
          TWEMPROXY_STATS,
          NO_RELOAD,
          ShutdownOptions.DELAY,
          ShutdownOptions.DRAIN,
          TakeoverOption.NAME,
          LogOptions.LEVEL,
          LogOptions.FORMAT,
          McrouterFileOptions.ROUTE_PREFIX,
          McrouterFileOptions.AS_MCROUTER);

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description = {
        "Read everything from this file: Fairlead's own, a",
        "nutcracker.yml, or mcrouter's JSON, with --listen.",
        "Besides it, only those about the admin port, its end,",
        "a takeover and the log, --twemproxy-stats and",
        "--no-reload."
      })
  private @Nullable Path config;

  @Mixin private ProxyOptions options;

  @Option(
      names = TWEMPROXY_STATS,
      paramLabel = "ADDR:PORT",
      converter = ListenText.Admin.class,
      description = {
        "Give statistics as twemproxy does, with --config too;",
        "default: off. Its own port is 22222."
      })
  private Address.@Nullable Tcp twemproxyStats;

  @Option(
      names = NO_RELOAD,
      description = {
        "Take a changed file only on SIGHUP or POST /reload;",
        "default: a second after it was saved."
      })
  private boolean noReload;

  @Mixin private AdminTokenOption adminToken;

  @Mixin private ShutdownOptions shutdown;

  @Mixin private TakeoverOption takeover;

  @Mixin private LogOptions log;

  @Mixin private DialectOptions dialect;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  ServeCommand() {}

  @Override
  public Integer call() throws UserError, InterruptedException {
    log.apply();
    SeenFiles files = new SeenFiles();
    FileSettings source = config == null ? null : fileSettings(config);
    ProxySettings settings = settings(source, files);
    List<String> arguments = spec().commandLine().getParseResult().originalArgs();
    new Serving(settings, source, files, !noReload, arguments).run(takeover.path(config));
    return 0;
  }

  /** The settings that the command line asks for. */
  ProxySettings settings() throws UserError {
    return settings(config == null ? null : fileSettings(config), new SeenFiles());
  }

  private ProxySettings settings(@Nullable FileSettings source, SeenFiles files) throws UserError {
    return source != null && config != null
        ? ConfigFile.readAtStart(config, source, files)
        : withOptions(fromOptions());
  }

  private ProxySettings withOptions(ProxySettings plain) {
    ProxySettings settings = adminToken.applyTo(shutdown.applyTo(plain));
    return twemproxyStats == null
        ? settings
        : settings.change().twemproxyStats(twemproxyStats).build();
  }

  private ProxySettings fromOptions() throws UserError {
    if (noReload) {
      throw mistake(NO_RELOAD + " is for a file: name it with --config FILE.");
    }
    for (String option : matched()) {
      if (ForeignOptions.IN_OWN_FILE.containsKey(option)) {
        throw mistake(option + " is for a nutcracker.yml: name it with --config FILE.");
      }
      if (McrouterFileOptions.NAMES.contains(option)) {
        throw mistake(option + " is for a file of mcrouter: name it with --config FILE.");
      }
    }
    if (!options.hasServers()) {
      throw mistake(
          "No memcached server is named: give --server HOST:PORT for each, or --config FILE.");
    }
    return options.toSettings();
  }

  private FileSettings fileSettings(Path file) {
    requireNothingElse();
    LoadOptions besides = dialect.toSettings(options.givenAdmin(), options.listen());
    return new FileSettings(
        file,
        (content, imports) -> FileLoader.read(file, content, besides, imports),
        loaded -> requireFit(file, loaded),
        this::withOptions);
  }

  private void requireFit(Path file, LoadedConfig loaded) {
    ForeignOptions.requireFit(spec(), file, loaded.dialect());
    if (loaded.dialect() != Dialect.MCROUTER && matched().contains(LISTEN)) {
      throw exclude(LISTEN);
    }
  }

  private void requireNothingElse() {
    for (String option : matched()) {
      if (!BESIDE_A_FILE.contains(option) && !ForeignOptions.IN_OWN_FILE.containsKey(option)) {
        throw exclude(option);
      }
    }
  }

  private ParameterException exclude(String option) {
    return mistake(
        "--config and "
            + option
            + " exclude each other: write it into the file, or leave --config out.");
  }

  private List<String> matched() {
    return spec().commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .toList();
  }
}
