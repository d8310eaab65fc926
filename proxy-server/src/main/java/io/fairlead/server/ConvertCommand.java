package io.fairlead.server;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.NutcrackerExport;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.OneOf;
import io.fairlead.server.command.UserError;
import io.fairlead.server.report.ConvertedFile;
import io.fairlead.server.settings.ConfigFile;
import io.fairlead.server.settings.ForeignOptions;
import io.fairlead.server.settings.McrouterFileOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead convert}: any configuration that is understood, written in another form. */
@Command(
    name = "convert",
    customSynopsis = "fairlead convert FILE [--to=FORM] [-o OUT]",
    description = {
      "Writes a configuration file as Fairlead's own YAML.",
      "Every setting is in it; comments at the top say what will behave differently.",
      "With --to twemproxy it becomes a nutcracker.yml, and what that has no words",
      "for is listed on standard error."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead convert nutcracker.yml -o fairlead.yaml",
      "  fairlead convert mcrouter.json",
      "  fairlead convert fairlead.yaml --to twemproxy -o nutcracker.yml",
      "",
      ExitStatus.OK
          + "all is in it"
          + ExitStatus.FAILED
          + "it cannot be done, 2 usage, 3 something is lost."
    })
final class ConvertCommand extends HelpfulCommand {
  private static final int LOSSY = 3;

  @Parameters(paramLabel = "FILE", description = "What serve --config reads.")
  private Path file;

  @Option(
      names = "--to",
      paramLabel = "FORM",
      converter = Targets.class,
      description = "fairlead (default), or twemproxy: a nutcracker.yml.")
  private Target target = Target.FAIRLEAD;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Write to this new file; default: standard output.")
  private @Nullable Path output;

  @ArgGroup(validate = false, heading = "%nWith a nutcracker.yml only:%n")
  private ForeignOptions foreign = new ForeignOptions();

  @ArgGroup(validate = false, heading = "%nWith mcrouter's JSON only:%n")
  private McrouterFileOptions mcrouter = new McrouterFileOptions();

  /** The form in which it is written. */
  enum Target {
    FAIRLEAD,
    TWEMPROXY
  }

  static final class Targets extends OneOf<Target> {
    Targets() {
      super(Target.values());
    }
  }

  @SuppressWarnings("NullAway.Init") // picocli sets the file
  ConvertCommand() {}

  @Override
  public Integer call() throws UserError {
    LoadedConfig loaded =
        ConfigFile.load(file, new LoadOptions(null, foreign.toSettings(), mcrouter.toSettings()));
    ForeignOptions.requireFit(spec(), file, loaded.dialect());
    if (target == Target.TWEMPROXY) {
      return toTwemproxy(loaded.settings());
    }
    String yaml = text(loaded);
    requireSame(loaded.settings(), yaml);
    put(yaml);
    return 0;
  }

  private int toTwemproxy(ProxySettings settings) throws UserError {
    NutcrackerExport export = export(settings);
    if (export.yaml().isEmpty()) {
      throw new UserError(
          file
              + " has no pool that nutcracker can serve: "
              + String.join("; ", export.lost())
              + ".");
    }
    put(ConvertedFile.text(file, export));
    if (export.lost().isEmpty()) {
      return 0;
    }
    PrintWriter err = err();
    err.println("fairlead: a nutcracker.yml has no words for these, which are lost:");
    export.lost().forEach(line -> err.println("  " + line));
    err.flush();
    return LOSSY;
  }

  private NutcrackerExport export(ProxySettings settings) throws UserError {
    try {
      return NutcrackerExport.of(settings);
    } catch (ConfigException e) {
      throw unsayable("a nutcracker.yml", e);
    }
  }

  private void put(String yaml) throws UserError {
    if (output == null) {
      out().print(yaml);
      out().flush();
    } else {
      write(output, yaml);
    }
  }

  private String text(LoadedConfig loaded) throws UserError {
    try {
      return ConvertedFile.text(file, loaded);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          file + " has what Fairlead's own form cannot say: " + e.getMessage() + ".", e);
    }
  }

  /** Not every name that a nutcracker.yml may have is one in our own form. */
  private void requireSame(ProxySettings settings, String yaml) throws UserError {
    try {
      if (!ConfigLoader.parse(yaml, "as Fairlead's own").equals(settings)) {
        throw new IllegalStateException("the converted file differs from " + settings);
      }
    } catch (ConfigException e) {
      throw unsayable("Fairlead's own form", e);
    }
  }

  private UserError unsayable(String form, ConfigException e) {
    Problem problem = e.problems().get(0);
    return new UserError(
        file
            + " has what "
            + form
            + " cannot say: "
            + problem.path()
            + ": "
            + problem.value()
            + " (expected: "
            + problem.expected()
            + ").",
        e);
  }

  private static void write(Path file, String text) throws UserError {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(file + " exists: remove it, or choose another name.", e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be written (" + e.getMessage() + ").", e);
    }
  }
}
