package io.fairlead.server.settings;

import io.fairlead.config.Address;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.server.command.UserError;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;

/** What is said beside a file of another program than ours, as the file has no words for it. */
public final class DialectOptions {
  @ArgGroup(validate = false, heading = "%nWith a nutcracker.yml only:%n")
  private ForeignOptions foreign = new ForeignOptions();

  @ArgGroup(validate = false, heading = "%nWith mcrouter's JSON only:%n")
  private McrouterFileOptions mcrouter = new McrouterFileOptions();

  public LoadOptions toSettings() {
    return new LoadOptions(null, foreign.toSettings(), mcrouter.toSettings());
  }

  /**
   * The same for a proxy that is to run.
   *
   * @param admin what replaces the word of the file on the admin port; null for nothing
   * @param listen where clients connect, when the file does not say it
   */
  public LoadOptions toSettings(LoadOptions.@Nullable Admin admin, List<Address> listen) {
    return new LoadOptions(admin, foreign.toSettings(), mcrouter.toSettings(listen));
  }

  /** Reads a file that these must be for. */
  LoadedConfig load(Path file, CommandSpec command) throws UserError {
    LoadedConfig loaded = ConfigFile.load(file, toSettings());
    ForeignOptions.requireFit(command, file, loaded.dialect());
    return loaded;
  }
}
