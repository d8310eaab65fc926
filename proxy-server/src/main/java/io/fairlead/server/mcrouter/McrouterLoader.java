package io.fairlead.server.mcrouter;

import io.fairlead.server.watch.SeenFiles;

/**
 * Reads the configuration that a command line names.
 *
 * <p>An implementation finds the text by {@link McrouterOptions#config()}, has the parameters of
 * macros from {@link McrouterOptions#macroParameters}, and takes from {@link
 * McrouterOptions#routing()}, {@link McrouterOptions#servers()}, {@link McrouterOptions#failures()}
 * and {@link McrouterOptions#spool()} what pools and routes do not say themselves. Listeners,
 * threads and limits are none of its business: {@link McrouterSettings} adds them.
 */
@FunctionalInterface
public interface McrouterLoader {
  /**
   * Loads it.
   *
   * @param files by which every file is opened, so that they can be watched
   * @throws io.fairlead.config.ConfigException with everything that is wrong
   * @throws McrouterMistake when configurations cannot be loaded at all
   */
  LoadedRoutes load(McrouterOptions options, SeenFiles files) throws McrouterMistake;
}
