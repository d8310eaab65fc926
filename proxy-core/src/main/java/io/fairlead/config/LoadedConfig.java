package io.fairlead.config;

import java.util.List;

/**
 * The settings a file holds, and what an operator may want to know about them.
 *
 * @param warnings what is legal but probably not meant, in file order, such as a pool that no
 *     listener uses
 */
public record LoadedConfig(Dialect dialect, ProxySettings settings, List<Problem> warnings) {
  public LoadedConfig {
    warnings = List.copyOf(warnings);
  }
}
