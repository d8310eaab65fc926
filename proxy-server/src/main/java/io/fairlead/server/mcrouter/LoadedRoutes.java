package io.fairlead.server.mcrouter;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.server.introspection.ConfigFacts;
import java.util.List;

/**
 * What a configuration of mcrouter comes to: the seam between the command line and the reader of
 * the JSON.
 *
 * @param pools the pools in use
 * @param trees the routes above them
 * @param target the name of the pool or tree that answers the clients of every listener
 * @param warnings what is legal but probably not meant
 * @param facts what clients may be told of the configuration
 */
public record LoadedRoutes(
    List<PoolSettings> pools,
    List<RouteTreeSettings> trees,
    String target,
    List<Problem> warnings,
    ConfigFacts facts) {
  public LoadedRoutes {
    pools = List.copyOf(pools);
    trees = List.copyOf(trees);
    warnings = List.copyOf(warnings);
  }

  /** Of a configuration of which there is nothing to tell. */
  public LoadedRoutes(
      List<PoolSettings> pools,
      List<RouteTreeSettings> trees,
      String target,
      List<Problem> warnings) {
    this(pools, trees, target, warnings, ConfigFacts.none());
  }
}
