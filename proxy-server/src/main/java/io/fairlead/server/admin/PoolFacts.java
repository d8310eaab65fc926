package io.fairlead.server.admin;

import io.fairlead.config.PoolSettings;

/**
 * What holds for a pool on all event loops.
 *
 * @param settings with the servers that sources have named
 * @param fingerprint 16 hexadecimal digits, the same for two proxies exactly when they have every
 *     key of the pool on servers of the same name
 * @param inPanic whether too few of its servers are healthy
 */
public record PoolFacts(PoolSettings settings, String fingerprint, boolean inPanic) {
  public String pool() {
    return settings.name();
  }
}
