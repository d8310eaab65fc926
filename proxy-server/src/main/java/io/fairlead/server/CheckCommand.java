package io.fairlead.server;

import io.fairlead.access.Credentials;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.ProxySettings;
import io.fairlead.discovery.SourceAnswer;
import io.fairlead.placement.FileReview;
import io.fairlead.server.command.Choices;
import io.fairlead.server.command.Format;
import io.fairlead.server.command.Version;
import io.fairlead.server.report.CheckReport;
import io.fairlead.server.report.SourceLines;
import io.fairlead.server.settings.ForeignOptions;
import io.fairlead.server.settings.LookupOption;
import io.fairlead.server.settings.McrouterFileOptions;
import io.fairlead.tls.Keyring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fairlead check}: what is wrong or odd in configuration files. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "fairlead check [OPTIONS] FILE...",
    description = {
      "Checks configuration files for mistakes and known traps.",
      "Shows all of them at once, and how evenly each pool spreads keys.",
      "Connects to nobody but the sources of servers, such as dns://, once."
    },
    footer = {
      "",
      "Problems and warnings go to standard error.",
      "Exit status: 0 all files can be served, 1 at least one cannot."
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What serve --config reads.")
  private List<Path> files = List.of();

  @Option(names = "--strict", description = "A warning counts as a failure.")
  private boolean strict;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print problems and warnings only.")
  private boolean quiet;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      converter = Choices.Formats.class,
      description = "text (default), or json: one object for each file.")
  private Format format = Format.TEXT;

  @Mixin private LookupOption lookup = new LookupOption();

  @ArgGroup(validate = false, heading = "%nWith a nutcracker.yml only:%n")
  private ForeignOptions foreign = new ForeignOptions();

  @ArgGroup(validate = false, heading = "%nWith mcrouter's JSON only:%n")
  private McrouterFileOptions mcrouter = new McrouterFileOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  CheckCommand() {}

  @Override
  public Integer call() {
    boolean failed = false;
    for (Path file : files) {
      List<SourceAnswer> answers = new ArrayList<>();
      FileReview review =
          FileReview.of(
              file,
              new LoadOptions(null, foreign.toSettings(), mcrouter.toSettings()),
              settings -> lookup.lookUp(settings, answers));
      SourceLines sources = new SourceLines(answers, LookupOption.LIMIT);
      ProxySettings settings = review.settings();
      List<String> secrets = settings == null ? List.of() : problemsOfSecrets(settings);
      print(new CheckReport(review, sources, secrets), settings != null);
      boolean isOdd = !review.warnings().isEmpty() || !secrets.isEmpty();
      failed |= settings == null || (strict && isOdd);
    }
    return failed ? 1 : 0;
  }

  /** Those of files that may be elsewhere than on this machine, so that they are warnings. */
  private static List<String> problemsOfSecrets(ProxySettings settings) {
    List<String> problems = new ArrayList<>(Credentials.problems(settings));
    problems.addAll(Keyring.problems(settings));
    return problems;
  }

  private void print(CheckReport report, boolean usable) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (format == Format.JSON) {
      out.println(report.json());
    } else {
      if (!quiet || !usable) {
        (usable ? out : err).println(report.verdict());
      }
      out.flush();
      report.findings().forEach(line -> err.println("  " + line));
      err.flush();
      if (!quiet) {
        report.sources().forEach(line -> out.println("  " + line));
        out.print(report.shares());
      }
    }
    out.flush();
  }
}
