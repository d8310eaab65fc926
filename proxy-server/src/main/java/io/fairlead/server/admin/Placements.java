package io.fairlead.server.admin;

import io.fairlead.config.PoolSettings;
import io.fairlead.placement.PoolPlacement;
import java.util.HashMap;
import java.util.Map;

/**
 * Where keys live in each pool, made once for as long as its settings stay: a ring of many servers
 * takes a while.
 */
final class Placements {
  private final Map<String, PoolPlacement> known = new HashMap<>();

  /** That of a pool; a placement belongs to one thread, and so do these. */
  PoolPlacement of(PoolSettings pool) {
    PoolPlacement present = known.get(pool.name());
    if (present == null || !present.pool().equals(pool)) {
      present = PoolPlacement.of(pool);
      known.put(pool.name(), present);
    }
    return present;
  }
}
