package io.fairlead.server.admin;

import io.fairlead.config.PoolSettings;
import io.fairlead.placement.Fingerprint;
import io.fairlead.runtime.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The fingerprints of the pools in use; each is computed once, as that takes a ring. */
final class Fingerprints {
  private record Known(PoolSettings settings, String fingerprint) {}

  private final Map<String, Known> byPool = new ConcurrentHashMap<>();

  /** What holds for the pools of a proxy now. */
  List<PoolFacts> of(Proxy proxy) {
    List<PoolSettings> pools = proxy.settings().pools();
    byPool.keySet().retainAll(pools.stream().map(PoolSettings::name).collect(Collectors.toSet()));
    return pools.stream()
        .map(pool -> new PoolFacts(pool, fingerprint(pool), proxy.isInPanic(pool.name())))
        .toList();
  }

  private String fingerprint(PoolSettings pool) {
    Known known = byPool.get(pool.name());
    if (known == null || !known.settings.equals(pool)) {
      known = new Known(pool, Fingerprint.of(pool));
      byPool.put(pool.name(), known);
    }
    return known.fingerprint;
  }
}
