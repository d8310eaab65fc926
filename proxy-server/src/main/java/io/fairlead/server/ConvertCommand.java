package io.fairlead.server;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.command.UserError;
import io.fairlead.server.command.Version;
import io.fairlead.server.report.ConvertedFile;
import io.fairlead.server.settings.ConfigFile;
import io.fairlead.server.settings.ForeignOptions;
import io.fairlead.server.settings.McrouterFileOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fairlead convert}: any configuration that is understood, written as our own YAML. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "fairlead convert FILE [-o OUT]",
    description = {
      "Writes a configuration file as Fairlead's own YAML.",
      "Every setting is in it; comments at the top say what will behave differently."
    })
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "What serve --config reads.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Write to this new file; default: standard output.")
  private @Nullable Path output;

  @ArgGroup(validate = false, heading = "%nWith a nutcracker.yml only:%n")
  private ForeignOptions foreign = new ForeignOptions();

  @ArgGroup(validate = false, heading = "%nWith mcrouter's JSON only:%n")
  private McrouterFileOptions mcrouter = new McrouterFileOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the specification and the file
  ConvertCommand() {}

  @Override
  public Integer call() throws UserError {
    LoadedConfig loaded =
        ConfigFile.load(file, new LoadOptions(null, foreign.toSettings(), mcrouter.toSettings()));
    ForeignOptions.requireFit(spec, file, loaded.dialect());
    String yaml = text(loaded);
    requireSame(loaded.settings(), yaml);
    if (output == null) {
      spec.commandLine().getOut().print(yaml);
      spec.commandLine().getOut().flush();
    } else {
      write(output, yaml);
    }
    return 0;
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
      Problem problem = e.problems().get(0);
      throw new UserError(
          file
              + " has what Fairlead's own form cannot say: "
              + problem.path()
              + ": "
              + problem.value()
              + " (expected: "
              + problem.expected()
              + ").",
          e);
    }
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
