package io.fairlead.server.nutcracker;

import ch.qos.logback.classic.Level;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.Dialect;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.ProxySettings;
import io.fairlead.metrics.Countable;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.UserError;
import io.fairlead.server.command.Version;
import io.fairlead.server.log.LogFile;
import io.fairlead.server.log.LogFormat;
import io.fairlead.server.log.Logs;
import io.fairlead.server.process.Hangup;
import io.fairlead.server.process.ProxyProcess;
import io.fairlead.server.process.UntilStopped;
import io.fairlead.server.settings.ConfigFile;
import io.fairlead.server.settings.FileSettings;
import io.fairlead.server.settings.LiveConfig;
import io.fairlead.server.settings.Reload;
import io.fairlead.server.settings.SettingsSource;
import io.fairlead.server.warmup.WarmUp;
import io.fairlead.server.watch.SeenFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code fairlead nutcracker}: takes the command line of nutcracker, and says what nutcracker says,
 * so that scripts and unit files need another name of the program and nothing else.
 */
@Command(
    name = "nutcracker",
    description = "Runs the proxy with twemproxy's options and file.",
    footer = {
      "",
      "Examples:",
      "  fairlead nutcracker -c nutcracker.yml -s 22222",
      "  fairlead nutcracker -t -c nutcracker.yml",
      "",
      ExitStatus.OK + "told to stop, or the file is fine" + ExitStatus.FAILED + "everything else."
    })
public final class NutcrackerCommand implements Callable<Integer> {
  /*
   * picocli gets no options to know: it would report mistakes in its own words and with another
   * status. Everything is printed to standard error because nutcracker does that.
   */
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final LoadOptions WITHOUT_ADMIN =
      new LoadOptions(new LoadOptions.Admin(null), LoadOptions.Foreign.DEFAULT);
  private static final int OK = 0;
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Unmatched private List<String> arguments = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  NutcrackerCommand() {}

  @Override
  public Integer call() throws UserError, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return follow(NutcrackerOptions.parse(arguments), err);
    } catch (NutcrackerMistake e) {
      err.println("nutcracker: " + e.getMessage());
      err.print(usage());
      return FAILED;
    } finally {
      err.flush();
    }
  }

  private static int follow(NutcrackerOptions options, PrintWriter err)
      throws NutcrackerMistake, UserError, InterruptedException {
    if (options.has(NutcrackerFlag.HELP)
        || options.has(NutcrackerFlag.VERSION)
        || options.has(NutcrackerFlag.DESCRIBE_STATS)) {
      describe(options, err);
      return OK;
    }
    if (options.has(NutcrackerFlag.TEST_CONF)) {
      return test(options.configFile(), err);
    }
    if (options.has(NutcrackerFlag.DAEMONIZE)) {
      throw new UserError(
          "option -d is not supported, because a Java process cannot fork itself. Let a systemd"
              + " unit or a container run it, or a shell: setsid nohup fairlead nutcracker ... &");
    }
    run(options);
    return OK;
  }

  private static void describe(NutcrackerOptions options, PrintWriter err) {
    err.println("This is fairlead-" + Version.text() + " in the place of nutcracker-0.5.0");
    err.println();
    if (options.has(NutcrackerFlag.HELP)) {
      err.print(usage());
    }
    if (options.has(NutcrackerFlag.DESCRIBE_STATS)) {
      err.println("pool stats:");
      describe(PoolCounter.values(), err);
      describe(
          "fragments", "always 0, as with nutcracker, which has the counter and never counts", err);
      err.println();
      err.println("server stats:");
      describe(ServerCounter.values(), err);
    }
  }

  private static void describe(Countable[] counters, PrintWriter err) {
    for (Countable counter : counters) {
      describe(counter.statName(), counter.description(), err);
    }
  }

  private static void describe(String name, String description, PrintWriter err) {
    err.printf("  %-20s\"%s\"%n", name, description);
  }

  /** Says nutcracker's sentence, and why, which nutcracker does not. */
  private static int test(Path file, PrintWriter err) {
    try {
      read(file, ConfigLoader.contentOf(file))
          .warnings()
          .forEach(warning -> err.println("warning: " + warning));
      err.println("nutcracker: configuration file '" + file + "' syntax is ok");
      return OK;
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      err.println("nutcracker: configuration file '" + file + "' syntax is invalid");
      return FAILED;
    }
  }

  /**
   * As it stands when it is Fairlead's own; a nutcracker.yml gets no admin port, because several
   * proxies on one machine would want the same.
   */
  private static LoadedConfig read(Path file, byte[] content) {
    LoadedConfig loaded = ConfigLoader.read(content, file.toString(), WITHOUT_ADMIN);
    return loaded.dialect() == Dialect.NUTCRACKER
        ? loaded
        : ConfigLoader.read(content, file.toString(), LoadOptions.NONE);
  }

  private static SettingsSource source(NutcrackerOptions options) {
    Path file = options.configFile();
    return new FileSettings(
        file,
        (content, imports) -> read(file, content),
        loaded -> {},
        settings -> settings.change().twemproxyStats(options.statsAddress()).build());
  }

  private static void run(NutcrackerOptions options)
      throws NutcrackerMistake, UserError, InterruptedException {
    LogFormat format = options.logFormat();
    if (format != null) {
      Logs.format(format);
    }
    Runnable reopenLog = openLog(options.logFile(), options.logLevel());
    noteIgnored(options);
    SeenFiles files = new SeenFiles();
    SettingsSource source = source(options);
    ProxySettings settings = ConfigFile.readAtStart(options.configFile(), source, files);
    Path pidFile = options.pidFile();
    WarmUp warmUp = WarmUp.of(settings, System.getenv());
    UntilStopped.run(
        () -> Running.start(settings, pidFile, warmUp),
        running -> {
          Reload reload = new Reload(source, running.process()::update, null);
          boolean watches = settings.reload() && !options.has(NutcrackerFlag.NO_RELOAD);
          LiveConfig live = LiveConfig.start(reload, files, watches);
          running.process().onReloadable(live);
          Hangup.handle(
              () -> {
                reopenLog.run();
                live.onHangup();
              });
          running.process().announce(settings); // the last: from then on somebody may send a signal
        },
        Running::stop);
  }

  /** The proxy and the file that names its process. */
  private record Running(ProxyProcess process, @Nullable PidFile pid) {

    /** The file comes last: while the ports are another's, so is the file. */
    static Running start(ProxySettings settings, @Nullable Path pidFile, WarmUp warmUp)
        throws UserError {
      ProxyProcess process = ProxyProcess.start(settings, null, null, warmUp);
      try {
        return new Running(process, pidFile == null ? null : PidFile.write(pidFile));
      } catch (UserError e) {
        process.close();
        throw e;
      }
    }

    void stop() {
      process.stop();
      if (pid != null) {
        pid.close();
      }
    }
  }

  /** Returns what opens it again, which the signal for that does already. */
  private static Runnable openLog(@Nullable Path file, @Nullable Level level) throws UserError {
    if (level != null) {
      Logs.level(level);
    }
    if (file == null) {
      Runnable nothing = () -> LOG.info("SIGHUP: there is no log file to open again");
      Hangup.handle(nothing);
      return nothing;
    }
    LogFile log = LogFile.open(file);
    Runnable reopen =
        () -> {
          log.reopen();
          LOG.info("SIGHUP: the log file was opened again");
        };
    Hangup.handle(reopen);
    return reopen;
  }

  private static void noteIgnored(NutcrackerOptions options) {
    if (options.has(NutcrackerFlag.STATS_INTERVAL)) {
      LOG.info("option -i has no effect: statistics are always those of the moment");
    }
    if (options.has(NutcrackerFlag.MBUF_SIZE)) {
      LOG.info("option -m has no effect: buffers grow and shrink by themselves");
    }
    for (String word : options.strayWords()) {
      LOG.atWarn().addKeyValue("word", word).log("ignored: it belongs to no option");
    }
  }

  private static String usage() {
    try (InputStream in = NutcrackerCommand.class.getResourceAsStream("usage.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
