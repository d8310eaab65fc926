package io.fairlead.placement;

import io.fairlead.config.ConfigLoader;
import io.fairlead.config.PoolSettings;

/** Pools as a file would have them. */
final class Pools {
  private Pools() {}

  /** The pool {@code main} of the keys and values in braces. */
  static PoolSettings pool(String yaml) {
    return ConfigLoader.parse("pools: { main: { " + yaml + " } }", "f.yaml").pools().get(0);
  }

  static PoolPlacement placement(String yaml) {
    return PoolPlacement.of(pool(yaml));
  }
}
