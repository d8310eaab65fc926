package io.fairlead.server;

import io.fairlead.server.bench.BenchCommand;
import io.fairlead.server.command.FileName;
import io.fairlead.server.command.UsageMistake;
import io.fairlead.server.command.UserError;
import io.fairlead.server.command.Version;
import io.fairlead.server.demo.DemoCommand;
import io.fairlead.server.demo.RehearseCommand;
import io.fairlead.server.doctor.DoctorCommand;
import io.fairlead.server.log.Logs;
import io.fairlead.server.manual.CompletionCommand;
import io.fairlead.server.manual.ManCommand;
import io.fairlead.server.nutcracker.NutcrackerCommand;
import io.fairlead.server.remote.DrainCommand;
import io.fairlead.server.remote.ResumeCommand;
import io.fairlead.server.serve.ServeCommand;
import io.fairlead.server.serve.ServeFile;
import io.fairlead.server.top.TopCommand;
import io.fairlead.server.warm.WarmCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code fairlead}, and how all of its commands report mistakes. */
@Command(
    name = "fairlead",
    description = "A memcached proxy: one address for many memcached servers.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "First steps:",
      "  fairlead demo",
      "  fairlead serve --server cache1:11211 --server cache2:11211",
      "",
      "With a configuration file:",
      "  fairlead check fairlead.yaml",
      "  fairlead where --config fairlead.yaml user:42",
      "  fairlead explain --config fairlead.yaml set user:42",
      "  fairlead serve --config fairlead.yaml",
      "",
      "Exit status: 0 success, 1 failure, 2 mistake on the command line.",
      "Environment: FAIRLEAD_LOG is the log level: trace, debug, info, warn or error;",
      "FAIRLEAD_LOG_FORMAT its form: text or json."
    })
public final class Fairlead implements Runnable {
  /*
   * Mistakes. A user's mistake costs one line that says what to do, on standard error: on the
   * command line it is picocli's ParameterException and ends with 2, elsewhere a UserError and
   * ends with 1. Every other exception is our bug and keeps its stack trace.
   */
  private static final List<Class<?>> COMMANDS =
      List.of(
          ServeCommand.class,
          DemoCommand.class,
          CheckCommand.class,
          WhereCommand.class,
          ExplainCommand.class,
          ConvertCommand.class,
          NutcrackerCommand.class,
          McrouterCommand.class,
          DoctorCommand.class,
          BenchCommand.class,
          WarmCommand.class,
          TopCommand.class,
          DrainCommand.class,
          ResumeCommand.class,
          HashPasswordCommand.class,
          CompletionCommand.class,
          ManCommand.class,
          RehearseCommand.class);

  /**
   * The commands that start a proxy, which is to be there soon. To make all the others known, too,
   * takes longer than the start itself.
   */
  private static final Map<String, Class<?>> ALONE =
      Map.of(
          "serve", ServeCommand.class,
          "nutcracker", NutcrackerCommand.class,
          "mcrouter", McrouterCommand.class);

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  Fairlead() {}

  public static void main(String[] args) {
    spareNetty();
    String mistake = Logs.mistakeIn(System.getenv());
    if (mistake != null) {
      System.err.println("fairlead: " + mistake);
      System.exit(ExitCode.USAGE);
    }
    int status = execute(args);
    if (status != ExitCode.OK) {
      Logs.flush();
    }
    System.exit(status);
  }

  private static int execute(String[] args) {
    ServeFile plain = ServeFile.of(List.of(args), System.getenv());
    if (plain != null) {
      return serve(plain);
    }
    Class<?> alone = args.length == 0 ? null : ALONE.get(args[0]);
    return commandLine(alone == null ? COMMANDS : List.of(alone)).execute(args);
  }

  private static int serve(ServeFile plain) {
    try {
      plain.run();
      return ExitCode.OK;
    } catch (UserError | InterruptedException | RuntimeException e) {
      report(e, System.err::println);
      return ExitCode.SOFTWARE;
    }
  }

  /**
   * Netty names its channels after a hardware address, which takes time to find and a warning where
   * there is none, and has events for Java's flight recorder; nobody here reads either.
   */
  private static void spareNetty() {
    setUnlessSet("io.netty.machineId", "00:00:00:00:00:00");
    setUnlessSet("io.netty.jfr.enabled", "false");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** With every command. */
  public static CommandLine commandLine() {
    return commandLine(COMMANDS);
  }

  private static CommandLine commandLine(List<Class<?>> commands) {
    CommandLine commandLine = new CommandLine(new Fairlead());
    commands.forEach(commandLine::addSubcommand);
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setUsageHelpAutoWidth(true)
        .registerConverter(Path.class, new FileName())
        .setParameterExceptionHandler((e, args) -> UsageMistake.report(e))
        .setExecutionExceptionHandler((e, command, parsed) -> reportFailure(e, command));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: " + String.join(", ", UsageMistake.visibleCommands(spec)) + ".");
  }

  private static int reportFailure(Exception e, CommandLine command) {
    report(e, command.getErr()::println);
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static void report(Exception e, Consumer<String> err) {
    if (e instanceof UserError) {
      err.accept("fairlead: " + e.getMessage());
    } else {
      LoggerFactory.getLogger(Fairlead.class).error("unexpected failure, please report it", e);
    }
  }
}
