package io.fairlead.mcrouter;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.macro.Expansion;
import java.util.List;

/**
 * What a configuration of mcrouter says.
 *
 * @param pools those that a route leads to
 * @param tree where requests go
 * @param warnings what is legal but probably not meant
 * @param expansion the document without macros, and the files that it imported
 */
public record McrouterConfig(
    List<PoolSettings> pools, RouteTreeSettings tree, List<Problem> warnings, Expansion expansion) {
  /** What the tree of routes is called unless a pool is, as mcrouter's has no name. */
  public static final String TREE = "mcrouter";

  public McrouterConfig {
    pools = List.copyOf(pools);
    warnings = List.copyOf(warnings);
  }
}
