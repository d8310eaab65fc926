package io.fairlead.route.pool;

import io.fairlead.backend.Server;
import io.fairlead.config.Address;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.metrics.ServerStats;
import org.jspecify.annotations.Nullable;

/** A server of a pool, which may outlive the group that it was made for. */
final class Member {
  private final Key key;
  private final Server server;
  private final ServerStats stats;

  private boolean isStarted;

  /** The group that hears of the server's health; null as long as it is in none. */
  private @Nullable ServerGroup group;

  /** Everything that a server depends on; with the same it may go on. */
  private record Key(
      String name,
      Address address,
      PoolSettings pool,
      int valueBytes,
      int serverRequests,
      int serverBufferBytes) {
    static Key of(ServerSettings server, PoolSettings pool, LimitSettings limits) {
      return new Key(
          server.name(),
          server.address(),
          pool.asSeenByServers(),
          limits.valueBytes(),
          limits.serverRequests(),
          limits.serverBufferBytes());
    }
  }

  /** Makes a server, which is to call back on changes of its health. */
  @FunctionalInterface
  interface Maker {
    Server make(Runnable onHealthChange);
  }

  Member(ServerSettings settings, PoolSettings pool, LimitSettings limits, Maker maker) {
    key = Key.of(settings, pool, limits);
    server = maker.make(this::onHealthChange);
    stats = server.stats();
  }

  boolean fits(ServerSettings settings, PoolSettings pool, LimitSettings limits) {
    return key.equals(Key.of(settings, pool, limits));
  }

  private void onHealthChange() {
    if (group != null) {
      group.changed();
    }
  }

  void start() {
    if (!isStarted) {
      isStarted = true;
      server.start();
    }
  }

  void joins(ServerGroup next) {
    group = next;
  }

  Server server() {
    return server;
  }

  ServerStats stats() {
    return stats;
  }
}
