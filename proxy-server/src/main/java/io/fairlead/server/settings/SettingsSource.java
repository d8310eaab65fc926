package io.fairlead.server.settings;

import io.fairlead.config.ProxySettings;
import io.fairlead.server.introspection.ConfigFacts;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.watch.SeenFiles;

/** Where the settings of the process come from; they may be read again and again. */
public interface SettingsSource {
  /**
   * Reads them as they are now, and logs what is odd about them.
   *
   * @param files is told which files they come from
   * @throws io.fairlead.config.ConfigException with everything that is wrong
   */
  ProxySettings read(SeenFiles files) throws McrouterMistake;

  /** What can be told of what was read last. */
  ConfigFacts facts();
}
