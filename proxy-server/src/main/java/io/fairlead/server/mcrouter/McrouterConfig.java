package io.fairlead.server.mcrouter;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import java.util.List;

/**
 * What a configuration of mcrouter comes to: the seam between the command line and the reader of
 * the JSON.
 *
 * @param pools the pools in use
 * @param root the name of what answers the clients of every listener
 * @param warnings what is legal but probably not meant
 */
public record McrouterConfig(List<PoolSettings> pools, String root, List<Problem> warnings) {
  public McrouterConfig {
    pools = List.copyOf(pools);
    warnings = List.copyOf(warnings);
  }
}
