package io.fairlead.server.settings;

import io.fairlead.config.ConfigException;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.introspection.ConfigFacts;
import io.fairlead.server.mcrouter.ConfigCopies;
import io.fairlead.server.mcrouter.ConfigSource;
import io.fairlead.server.mcrouter.LoadedRoutes;
import io.fairlead.server.mcrouter.McrouterLoader;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.mcrouter.McrouterOptions;
import io.fairlead.server.mcrouter.McrouterSettings;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration that a command line of mcrouter names, which may be read again and again. */
public final class McrouterSource implements SettingsSource {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final String FROM_COPY =
      "the configuration is bad: started with the copy of the last good one";

  private final McrouterOptions options;
  private final McrouterLoader loader;
  private final @Nullable ConfigCopies copies;
  private ConfigFacts facts = ConfigFacts.none();

  public McrouterSource(McrouterOptions options, McrouterLoader loader) {
    this.options = options;
    this.loader = loader;
    this.copies = ConfigCopies.of(options);
  }

  /**
   * Reads it for a start, for which a copy of the last good one has to do when it is bad.
   *
   * @throws ConfigException with everything that is wrong, when there is no such copy
   */
  public ProxySettings readForStart(SeenFiles files) throws McrouterMistake {
    try {
      return read(files);
    } catch (ConfigException e) {
      ProxySettings last = lastGood();
      if (last == null) {
        throw e;
      }
      for (Problem problem : e.problems()) {
        LOG.atError().addKeyValue("problem", problem).log(FROM_COPY);
      }
      return last;
    }
  }

  private @Nullable ProxySettings lastGood() throws McrouterMistake {
    ConfigCopies kept = copies;
    if (kept == null
        || !(options.config() instanceof ConfigSource.InFile in)
        || !kept.haveFresh(in.file())) {
      return null;
    }
    try {
      return settings(kept.files());
    } catch (ConfigException e) {
      return null; // such as for a bad import that has no copy
    }
  }

  /**
   * Reads it as it is now, and logs what is odd about it.
   *
   * @throws ConfigException with everything that is wrong
   */
  @Override
  public ProxySettings read(SeenFiles files) throws McrouterMistake {
    ProxySettings settings = settings(files);
    Map<Path, byte[]> contents = files.takeContents();
    if (copies != null && options.config() instanceof ConfigSource.InFile) {
      copies.keep(contents);
    }
    return settings;
  }

  private ProxySettings settings(SeenFiles files) throws McrouterMistake {
    LoadedRoutes routes = loader.load(options, files);
    for (Problem warning : routes.warnings()) {
      LOG.atWarn().addKeyValue("problem", warning).log("the configuration may not be as meant");
    }
    facts = routes.facts();
    return McrouterSettings.of(options, routes);
  }

  @Override
  public ConfigFacts facts() {
    return facts;
  }
}
