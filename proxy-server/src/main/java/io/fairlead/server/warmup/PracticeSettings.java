package io.fairlead.server.warmup;

import io.fairlead.config.Address;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.server.command.ListenText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of a proxy that runs the same code as another, and has nothing to do with its servers
 * and its users.
 *
 * <p>Pools and routes are alike, because Java compiles for the kinds that it has seen. What names
 * something outside is left out: addresses, sources of servers, files, passwords, TLS, the spool.
 */
final class PracticeSettings {
  /** More servers than that would be more connections than practice is worth. */
  static final int MOST_SERVERS = 64;

  private static final int MOST_TARGETS = 4;
  private static final int SERVERS_OF_LARGE_POOL = 8;
  private static final int MOST_CONNECTIONS = 4;
  private static final long LOOP_BYTES = 8 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Address ANY_PORT = new Address.Tcp(ListenText.THIS_MACHINE, 0);

  private PracticeSettings() {}

  /**
   * @param servers where those are that play the servers of every pool
   */
  static ProxySettings like(ProxySettings real, List<Address> servers) {
    int count = real.pools().stream().mapToInt(pool -> pool.servers().size()).sum();
    boolean isLarge = count > MOST_SERVERS;
    List<PoolSettings> pools = isLarge ? real.pools().subList(0, 1) : real.pools();
    return ProxySettings.of(
            isLarge ? List.of(listener(pools.get(0).name())) : listeners(real),
            pools.stream().map(pool -> pool(pool, servers)).toList())
        .routes(isLarge ? List.of() : real.routes())
        .threads(new ThreadSettings(1, real.threads().transport(), real.threads().rest()))
        .limits(LimitSettings.with().loopBytes(LOOP_BYTES).build())
        .build();
  }

  private static List<ListenerSettings> listeners(ProxySettings real) {
    return real.listeners().stream()
        .map(ListenerSettings::target)
        .distinct()
        .limit(MOST_TARGETS)
        .map(PracticeSettings::listener)
        .toList();
  }

  private static ListenerSettings listener(String target) {
    return ListenerSettings.of(ANY_PORT, target);
  }

  private static PoolSettings pool(PoolSettings real, List<Address> servers) {
    return PoolSettings.with(real.name(), real.mode(), servers(real.servers(), servers))
        .placement(real.placement())
        .timeout(PATIENCE)
        .connectTimeout(PATIENCE)
        .connections(Math.min(real.connections(), MOST_CONNECTIONS))
        .preconnect(false)
        .coalesce(real.coalesce())
        .replicas(real.replicas())
        .eject(real.eject())
        .spoolDeletes(false)
        .hotKeys(real.hotKeys())
        .shareGets(real.shareGets())
        .build();
  }

  /** The names decide where keys live, and stay; a pool whose servers are looked up gets some. */
  private static List<ServerSettings> servers(List<ServerSettings> real, List<Address> addresses) {
    if (real.isEmpty()) {
      return addresses.stream().map(ServerSettings::at).toList();
    }
    int count = real.size() > MOST_SERVERS ? SERVERS_OF_LARGE_POOL : real.size();
    List<ServerSettings> played = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSettings server = real.get(i);
      Address address = addresses.get(i % addresses.size());
      played.add(new ServerSettings(server.name(), address, server.weight(), false));
    }
    return played;
  }
}
