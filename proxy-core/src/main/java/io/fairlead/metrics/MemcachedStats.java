package io.fairlead.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a memcached server has said of itself when it was asked last.
 *
 * @param version which memcached it is; empty when it has not said so
 */
public record MemcachedStats(String version, Map<MemcachedStat, Long> values) {
  public MemcachedStats {
    Map<MemcachedStat, Long> copy = new EnumMap<>(MemcachedStat.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }
}
