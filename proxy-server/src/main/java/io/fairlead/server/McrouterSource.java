package io.fairlead.server;

import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.introspection.ConfigFacts;
import io.fairlead.server.mcrouter.LoadedRoutes;
import io.fairlead.server.mcrouter.McrouterLoader;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.mcrouter.McrouterOptions;
import io.fairlead.server.mcrouter.McrouterSettings;
import io.fairlead.server.watch.SeenFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration that a command line of mcrouter names, which may be read again and again. */
final class McrouterSource implements SettingsSource {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final McrouterOptions options;
  private final McrouterLoader loader;
  private ConfigFacts facts = ConfigFacts.none();

  McrouterSource(McrouterOptions options, McrouterLoader loader) {
    this.options = options;
    this.loader = loader;
  }

  @Override
  public ProxySettings read(SeenFiles files) throws McrouterMistake {
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
