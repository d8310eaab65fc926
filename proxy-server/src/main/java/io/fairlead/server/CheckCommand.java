package io.fairlead.server;

import io.fairlead.access.Credentials;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.ProxySettings;
import io.fairlead.discovery.SourceAnswer;
import io.fairlead.placement.FileReview;
import io.fairlead.server.command.Choices;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.Format;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.UserError;
import io.fairlead.server.remote.RemoteOption;
import io.fairlead.server.remote.RemoteProxy;
import io.fairlead.server.report.CheckReport;
import io.fairlead.server.report.Json;
import io.fairlead.server.report.SourceLines;
import io.fairlead.server.settings.ForeignOptions;
import io.fairlead.server.settings.LookupOption;
import io.fairlead.server.settings.McrouterFileOptions;
import io.fairlead.tls.Keyring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code fairlead check}: what is wrong or odd in configuration files. */
@Command(
    name = "check",
    customSynopsis = "fairlead check [OPTIONS] FILE...",
    description = {
      "Checks configuration files for mistakes and known traps.",
      "Shows all of them at once, and how evenly each pool spreads keys.",
      "With --diff running: which keys move when a running proxy takes the file.",
      "Without that it connects to nobody but the sources of servers, such as",
      "dns://, once."
    },
    footer = {
      "",
      "Problems and warnings go to standard error.",
      "",
      "Examples:",
      "  fairlead check fairlead.yaml",
      "  fairlead check nutcracker.yml mcrouter.json --format json",
      "  fairlead check fairlead.yaml --diff running --admin proxy1:5001",
      "",
      ExitStatus.OK
          + "all can be served"
          + ExitStatus.FAILED
          + "one cannot, no answer"
          + ExitStatus.USAGE
    })
final class CheckCommand extends HelpfulCommand {
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

  @Option(
      names = "--diff",
      paramLabel = "WHAT",
      converter = Others.class,
      description = {"running: compare with what a running proxy serves;", "one FILE only."})
  private @Nullable Other other;

  @Option(
      names = "--admin",
      paramLabel = "ADDR",
      converter = RemoteOption.class,
      description = {
        "With --diff: the admin port of the proxy, HOST:PORT",
        "or a URL; default: " + RemoteOption.DEFAULT + "."
      })
  private @Nullable RemoteProxy admin;

  @Mixin private LookupOption lookup = new LookupOption();

  @ArgGroup(validate = false, heading = "%nWith a nutcracker.yml only:%n")
  private ForeignOptions foreign = new ForeignOptions();

  @ArgGroup(validate = false, heading = "%nWith mcrouter's JSON only:%n")
  private McrouterFileOptions mcrouter = new McrouterFileOptions();

  /** With what a file is compared. */
  enum Other {
    RUNNING
  }

  static final class Others implements ITypeConverter<Other> {
    @Override
    public Other convert(String text) {
      if (!text.equals("running")) {
        throw new TypeConversionException(
            text
                + " (expected: running; fairlead where --config A --compare B compares two files)");
      }
      return Other.RUNNING;
    }
  }

  @Override
  public Integer call() throws UserError {
    requireDiff();
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
      RunningDifference difference = settings == null ? null : difference(settings);
      print(new CheckReport(review, sources, secrets), file, settings != null, difference);
      boolean isOdd = !review.warnings().isEmpty() || !secrets.isEmpty();
      failed |= settings == null || (strict && isOdd);
    }
    return failed ? 1 : 0;
  }

  private void requireDiff() {
    if (other == null && admin != null) {
      throw mistake("--admin needs --diff running.");
    }
    if (other != null && files.size() > 1) {
      throw mistake("--diff takes one FILE: a proxy can serve only one of them.");
    }
  }

  private @Nullable RunningDifference difference(ProxySettings settings) throws UserError {
    if (other == null) {
      return null;
    }
    RemoteProxy proxy = admin == null ? RemoteProxy.at(RemoteOption.DEFAULT) : admin;
    return RunningDifference.of(proxy, settings);
  }

  /** Those of files that may be elsewhere than on this machine, so that they are warnings. */
  private static List<String> problemsOfSecrets(ProxySettings settings) {
    List<String> problems = new ArrayList<>(Credentials.problems(settings));
    problems.addAll(Keyring.problems(settings));
    return problems;
  }

  private void print(
      CheckReport report, Path file, boolean usable, @Nullable RunningDifference difference) {
    PrintWriter out = out();
    PrintWriter err = err();
    if (format == Format.JSON) {
      Map<String, Object> object = report.object();
      if (difference != null) {
        object.put("diff", difference.object());
      }
      out.println(Json.write(object));
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
      if (difference != null) {
        out.print(difference.text(file));
      }
    }
    out.flush();
  }
}
