package io.fairlead.health;

import io.fairlead.config.PoolSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The health of every pool of a proxy, which outlives changes of its settings. */
public final class HealthRegistry {
  private final Map<String, PoolHealth> pools = new ConcurrentHashMap<>();

  /** Takes other pools, before any event loop does. */
  public void follow(List<PoolSettings> settings) {
    pools.keySet().retainAll(settings.stream().map(PoolSettings::name).collect(Collectors.toSet()));
    for (PoolSettings pool : settings) {
      PoolHealth known = pools.get(pool.name());
      if (known == null) {
        pools.put(pool.name(), new PoolHealth(pool, System::nanoTime, HealthRegistry::random));
      } else {
        known.follow(pool);
      }
    }
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** Whether too few servers of a pool are healthy; not so of a pool that there is not. */
  public boolean inPanic(String pool) {
    PoolHealth health = pools.get(pool);
    return health != null && health.inPanic();
  }

  /** Does with a server what an operator wants; false when there is no such pool or server. */
  public boolean hold(String pool, String server, Hold hold) {
    PoolHealth health = pools.get(pool);
    return health != null && health.hold(server, hold);
  }

  /** To be called now and then, once a second, say: notes what time alone has changed. */
  public void tick() {
    pools.values().forEach(PoolHealth::tick);
  }

  /** How each server is, by pool and name. */
  public Map<String, Map<String, HealthReport>> reports() {
    Map<String, Map<String, HealthReport>> reports = new HashMap<>();
    pools.forEach((name, pool) -> reports.put(name, pool.reports()));
    return reports;
  }

  public PoolHealth of(PoolSettings pool) {
    PoolHealth health = pools.get(pool.name());
    if (health == null) {
      throw new IllegalArgumentException("no pool is called " + pool.name());
    }
    return health;
  }
}
