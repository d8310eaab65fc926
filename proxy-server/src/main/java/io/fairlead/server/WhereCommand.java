package io.fairlead.server;

import io.fairlead.config.LoadOptions;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.protocol.Operation;
import io.fairlead.server.command.Choices;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.Format;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.TimeOption;
import io.fairlead.server.command.UserError;
import io.fairlead.server.report.RoutesJson;
import io.fairlead.server.report.RoutesTable;
import io.fairlead.server.report.WhereJson;
import io.fairlead.server.report.WhereReport;
import io.fairlead.server.report.WhereTable;
import io.fairlead.server.settings.ConfigFile;
import io.fairlead.server.settings.ForeignOptions;
import io.fairlead.server.settings.LookupOption;
import io.fairlead.server.settings.McrouterFileOptions;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead where}: which server has a key, and what a new configuration would move. */
@Command(
    name = "where",
    customSynopsis = {
      "fairlead where --config=FILE [--pool=POOL] KEY...",
      "       fairlead where --config=FILE [--pool=POOL] --file=KEYS",
      "       fairlead where --config=FILE --live [--pool=POOL] KEY...",
      "       fairlead where --config=FILE --compare=OTHER [--file=KEYS]"
    },
    description = {
      "Tells which server has a key, or what a new file would move.",
      "For each key: its server, and the one that gets it when that is ejected; of",
      "routes, the servers that may be asked, in their order.",
      "With --live: every server is asked whether it has the key now.",
      "With --compare: how many keys move when FILE is replaced by OTHER.",
      "Without --live it connects to nobody but the sources of servers, such as",
      "dns://, once."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead where --config fairlead.yaml user:42",
      "  fairlead where --config fairlead.yaml --file keys.txt --format json",
      "  fairlead where --config fairlead.yaml --live user:42",
      "  fairlead where --config old.yaml --compare new.yaml --fail-above 5",
      "",
      ExitStatus.OK
          + "done"
          + ExitStatus.FAILED
          + "too many keys move or a server has not answered"
          + ExitStatus.USAGE
    })
final class WhereCommand extends HelpfulCommand {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(2);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "What serve --config reads.")
  private Path config;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = {
        "Only this pool; default: routes, or all pools when",
        "the file has no routes. May be repeated.",
        "With --compare also A=B: pool A of FILE, B of OTHER."
      })
  private List<String> pools = List.of();

  @Option(
      names = "--operation",
      paramLabel = "WORD",
      converter = Choices.Operations.class,
      description = {"get (default), set, delete and so on: routes may", "decide by it."})
  private Operation operation = Operation.GET;

  @Option(
      names = "--file",
      paramLabel = "KEYS",
      description = "A file with one key on each line, or - for standard input.")
  private @Nullable String keyFile;

  @Option(
      names = "--live",
      description = {
        "Ask every server of the pools who has the key now,",
        "as the pool says: TLS, password."
      })
  private boolean isLive;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "With --live: how long a server may take; default: 2s.")
  private @Nullable Duration timeout;

  @Option(
      names = "--compare",
      paramLabel = "OTHER",
      description = "The configuration to come; without KEYS, made-up keys are compared.")
  private @Nullable Path other;

  @Option(
      names = "--fail-above",
      paramLabel = "PERCENT",
      converter = Choices.Percent.class,
      description = "With --compare: fail when more of a pool's keys move.")
  private @Nullable Double failAbove;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      converter = Choices.Formats.class,
      description = "text (default), or json: one object on a line.")
  private Format format = Format.TEXT;

  @Parameters(paramLabel = "KEY", arity = "0..*", description = "A key, as clients send it.")
  private List<String> keys = List.of();

  @Mixin private LookupOption lookup = new LookupOption();

  @ArgGroup(validate = false, heading = "%nWith a nutcracker.yml only:%n")
  private ForeignOptions foreign = new ForeignOptions();

  @ArgGroup(validate = false, heading = "%nWith mcrouter's JSON only:%n")
  private McrouterFileOptions mcrouter = new McrouterFileOptions();

  private InputStream in = new FileInputStream(FileDescriptor.in);
  private OutputStream out = new FileOutputStream(FileDescriptor.out);

  @SuppressWarnings("NullAway.Init") // picocli sets the file
  WhereCommand() {}

  /** Reads and writes other bytes than those of the process. */
  void connect(InputStream newIn, OutputStream newOut) {
    in = newIn;
    out = newOut;
  }

  @Override
  public Integer call() throws UserError {
    if (!keys.isEmpty() && keyFile != null) {
      throw mistake("Keys are given twice: as words and with --file; leave one of them out.");
    }
    KeyInput input = new KeyInput(keys, keyFile, in);
    requireLive();
    if (other != null) {
      return new WhereMoves(out(), format, failAbove)
          .compare(settings(config), config, settings(other), other, pools, input);
    }
    if (failAbove != null) {
      throw mistake("--fail-above needs --compare OTHER.");
    }
    if (input.isEmpty()) {
      throw mistake("No key is named: give one or more, or --file KEYS.");
    }
    if (isLive) {
      ProxySettings settings = settings(config);
      Duration limit = timeout == null ? USUAL_TIMEOUT : timeout;
      return new WhereLive(out, err(), format, limit).ask(settings, placements(settings), input);
    }
    locate(input);
    return 0;
  }

  private void requireLive() {
    if (timeout != null && !isLive) {
      throw mistake("--timeout needs --live.");
    }
    if (isLive && other != null) {
      throw mistake("--live and --compare are two questions: leave one of them out.");
    }
    if (isLive && spec().commandLine().getParseResult().hasMatchedOption("--operation")) {
      throw mistake("--operation is for routes, and --live asks the servers of pools.");
    }
  }

  private void locate(KeyInput input) throws UserError {
    ProxySettings settings = settings(config);
    if (!settings.routes().isEmpty() && pools.isEmpty()) {
      try (OfflineRoutes routes = new OfflineRoutes(settings)) {
        print(input, report(routes));
      }
      return;
    }
    if (spec().commandLine().getParseResult().hasMatchedOption("--operation")) {
      throw mistake(
          "--operation is for routes: a pool has a key on the same server whatever is done with"
              + " it.");
    }
    List<PoolPlacement> placements = placements(settings);
    print(
        input,
        format == Format.JSON ? new WhereJson(placements, out) : new WhereTable(placements, out));
  }

  private WhereReport report(OfflineRoutes routes) {
    return format == Format.JSON
        ? new RoutesJson(routes.names(), operation, routes::outline, out)
        : new RoutesTable(routes.names(), operation, routes::outline, out);
  }

  private static void print(KeyInput input, WhereReport report) throws UserError {
    input.read(report);
    try {
      report.end();
    } catch (IOException e) {
      KeyInput.requireGone(e);
    }
  }

  private ProxySettings settings(Path file) throws UserError {
    ProxySettings settings =
        ConfigFile.load(file, new LoadOptions(null, foreign.toSettings(), mcrouter.toSettings()))
            .settings();
    return lookup.complete(settings, err());
  }

  private List<PoolPlacement> placements(ProxySettings settings) throws UserError {
    List<PoolSettings> chosen = new ArrayList<>();
    for (String name : pools) {
      chosen.add(ConfigFile.pool(settings, name, config));
    }
    return (chosen.isEmpty() ? settings.pools() : chosen).stream().map(PoolPlacement::of).toList();
  }
}
