package io.fairlead.server;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.command.UserError;
import io.fairlead.server.command.Version;
import io.fairlead.server.introspection.McrouterIntrospection;
import io.fairlead.server.log.LogFile;
import io.fairlead.server.log.LogFormat;
import io.fairlead.server.log.Logs;
import io.fairlead.server.mcrouter.JsonLoader;
import io.fairlead.server.mcrouter.McrouterArguments;
import io.fairlead.server.mcrouter.McrouterLoader;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.mcrouter.McrouterOptions;
import io.fairlead.server.mcrouter.McrouterUsage;
import io.fairlead.server.mcrouter.ProcessOptions;
import io.fairlead.server.mcrouter.ProcessOptions.Validation;
import io.fairlead.server.mcrouter.ReloadOptions;
import io.fairlead.server.process.Hangup;
import io.fairlead.server.process.ProxyProcess;
import io.fairlead.server.process.UntilStopped;
import io.fairlead.server.settings.LiveConfig;
import io.fairlead.server.settings.McrouterSource;
import io.fairlead.server.settings.Reload;
import io.fairlead.server.warmup.WarmUp;
import io.fairlead.server.watch.FileWatch;
import io.fairlead.server.watch.SeenFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code fairlead mcrouter}: takes the command line of mcrouter and ends with its statuses, so that
 * units, charts and tests need another name of the program and nothing else.
 */
@Command(
    name = "mcrouter",
    exitCodeOnExecutionException = McrouterCommand.TRANSIENT,
    description = "Runs the proxy with mcrouter's options and file.",
    footer = {
      "",
      "Examples:",
      "  fairlead mcrouter -p 5000 --config-file /etc/mcrouter/mcrouter.json",
      "  fairlead mcrouter --validate-config=exit -f /etc/mcrouter/mcrouter.json",
      "",
      McrouterUsage.STATUSES
    })
final class McrouterCommand implements Callable<Integer> {
  // picocli gets no options to know: it would refuse what mcrouter ignores.
  static final int TRANSIENT = 2;
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final int OK = 0;
  private static final int PERMANENT = 3;
  private static final Duration THOROUGH_LOOK = Duration.ofMinutes(1);

  private final McrouterLoader loader;

  @Spec private CommandSpec spec;

  @Unmatched private List<String> arguments = new ArrayList<>();

  McrouterCommand() {
    this(new JsonLoader());
  }

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  McrouterCommand(McrouterLoader loader) {
    this.loader = loader;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    McrouterArguments given = McrouterArguments.read(arguments);
    if (given.asksForHelp()) {
      err.print(McrouterUsage.text());
      err.flush();
      return OK;
    }
    if (given.asksForVersion()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("This is fairlead-" + Version.text() + " in the place of mcrouter-0.40.0");
      out.flush();
      return OK;
    }
    return follow(given, err);
  }

  private int follow(McrouterArguments given, PrintWriter err) throws InterruptedException {
    @Nullable Path logFile = null;
    try {
      McrouterOptions options = McrouterOptions.of(given);
      logFile = options.process().logFile();
      openLog(options);
      options.notes().forEach(LOG::info);
      options.warnings().forEach(warning -> LOG.warn("[invalid-option] {}", warning));
      McrouterSource source = new McrouterSource(options, loader);
      SeenFiles files = new SeenFiles();
      Validation validation = options.process().validation();
      ProxySettings settings =
          validation == Validation.NONE ? source.readForStart(files) : source.read(files);
      if (validation != Validation.EXIT) {
        run(settings, files, source, options);
      }
      return OK;
    } catch (McrouterMistake | UserError | ConfigException e) {
      String message = String.valueOf(e.getMessage());
      message.lines().forEach(line -> err.println("fairlead: " + line));
      err.flush();
      if (logFile != null) {
        LOG.error("CRITICAL: Failed to initialize mcrouter: {}", message);
      }
      return PERMANENT;
    }
  }

  /** The watch ends with the process, as it may be needed until then. */
  private void run(
      ProxySettings settings, SeenFiles files, McrouterSource source, McrouterOptions options)
      throws UserError, InterruptedException {
    McrouterIntrospection introspection =
        new McrouterIntrospection(
            options.facts("fairlead-" + Version.text(), String.join(" ", arguments)),
            source.facts(),
            Logs.verbosity());
    WarmUp warmUp = WarmUp.of(settings, System.getenv());
    UntilStopped.run(
        () -> ProxyProcess.start(settings, introspection, null, warmUp),
        process -> {
          writeStats(options.process(), process);
          ReloadOptions reload = options.reload();
          if (reload.on()) {
            Reload next = new Reload(source, process::update, introspection);
            process.onReloadable(LiveConfig.start(next, files, timing(reload)));
          }
          process.announce(settings);
        },
        ProxyProcess::stop);
  }

  private static void writeStats(ProcessOptions options, ProxyProcess process) {
    if (!options.statsFolder().isEmpty() && !options.statsInterval().isZero()) {
      process.writeStats(Path.of(options.statsFolder()), options.statsInterval());
    }
  }

  private static FileWatch.Timing timing(ReloadOptions reload) {
    return new FileWatch.Timing(
        reload.pollPeriod(), reload.delay(), reload.jitter(), THOROUGH_LOOK);
  }

  /** A log file that cannot be written is no reason not to start, as with mcrouter. */
  private static void openLog(McrouterOptions options) {
    Boolean jsonLog = options.process().jsonLog();
    if (jsonLog != null) {
      Logs.format(jsonLog ? LogFormat.JSON : LogFormat.TEXT);
    }
    Integer verbosity = options.process().verbosity();
    if (verbosity != null) {
      Logs.level(Logs.levelOf(verbosity));
    }
    Path file = options.process().logFile();
    if (file == null) {
      return;
    }
    try {
      LogFile log = LogFile.open(file);
      Hangup.handle(
          () -> {
            log.reopen();
            LOG.info("SIGHUP: the log file was opened again");
          });
    } catch (UserError e) {
      LOG.error("{}; the log goes to standard error", e.getMessage());
    }
  }
}
