package io.fairlead.config;

import io.fairlead.config.Address.Tcp;
import org.jspecify.annotations.Nullable;

/** Why a pool cannot be one of nutcracker's: its keys would be on other servers, or nowhere. */
final class NutcrackerGaps {
  private NutcrackerGaps() {}

  /**
   * The reason, to stand behind "as"; null when there is none.
   *
   * @param listener the one that leads to the pool; null for none
   */
  static @Nullable String of(PoolSettings pool, @Nullable ListenerSettings listener) {
    if (pool.mode().hasReplicas()) {
      return "nutcracker has no replicas";
    }
    if (!(pool.placement() instanceof RingSettings)) {
      return "nutcracker has no distribution " + pool.placement().distributionName();
    }
    if (pool.discovery().isOn()) {
      return "nutcracker looks no servers up";
    }
    if (listener == null) {
      return "no listener leads to it, and nutcracker wants one";
    }
    if (listener.address() instanceof Tcp tcp && tcp.port() == 0) {
      return "nutcracker wants a port";
    }
    return ofServers(pool);
  }

  private static @Nullable String ofServers(PoolSettings pool) {
    if (pool.servers().isEmpty()) {
      return "it has no servers";
    }
    for (ServerSettings server : pool.servers()) {
      if (server.name().indexOf(' ') >= 0) {
        return "nutcracker has no server with a space in its name, "
            + QuotedText.shorten(server.name());
      }
    }
    return null;
  }
}
