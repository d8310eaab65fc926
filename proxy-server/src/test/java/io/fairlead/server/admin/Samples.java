package io.fairlead.server.admin;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.frontend.ClientStatus;
import io.fairlead.health.Hold;
import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.route.Outline;
import io.fairlead.tls.KeyringStatus;
import java.time.Duration;
import java.util.List;

/** A proxy with two event loops and two servers, as its readers see it. */
final class Samples {
  final List<LoopStats> loops = List.of(new LoopStats(), new LoopStats());
  final List<PoolStats> pools = List.of(new PoolStats("main"), new PoolStats("main"));
  final SpoolStats spool = new SpoolStats();
  List<String> stuckLoops = List.of();
  List<ServerStatus> servers =
      List.of(
          new ServerStatus("main", "cache1", "10.0.0.1:11211", State.UP, 0, 2),
          new ServerStatus("main", "cache2", "10.0.0.2:11211", State.EJECTED, 3, 0),
          new ServerStatus("main", "cache1", "10.0.0.1:11211", State.UP, 1, 3),
          new ServerStatus("main", "cache2", "10.0.0.2:11211", State.UP, 2, 1));

  Samples() {
    loops.get(0).add(Counter.CMD_GET, 7);
    loops.get(1).add(Counter.CMD_GET, 5);
    loops.get(0).add(Counter.CLIENTS, 4);
    spool.add(SpoolCounter.SPOOLED, 9);
    spool.set(SpoolCounter.PENDING, 2);
    for (PoolStats pool : pools) {
      pool.addServer("cache1").add(ServerCounter.REQUESTS, 20);
      pool.addServer("cache2").add(ServerCounter.RESPONSES, 1);
      pool.add(PoolCounter.CLIENT_EOF, 3);
      pool.add(PoolCounter.CLIENT_CONNECTIONS, 2);
    }
  }

  ProxyReadings readings() {
    return new ProxyReadings(
        () -> loops,
        () -> servers,
        () -> pools,
        () -> spool,
        List::of,
        () -> stuckLoops,
        () -> KeyringStatus.EMPTY);
  }

  /** The pool of these servers, and one without a ring. */
  static ProxyView view() {
    List<ServerSettings> two =
        List.of(
            new ServerSettings("cache1", new Address.Tcp("10.0.0.1", 11211), 1),
            new ServerSettings("cache2", new Address.Tcp("10.0.0.2", 11211), 1));
    ProxySettings settings =
        new ProxySettings(
            List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 5000), "main")),
            List.of(
                PoolSettings.of("main", Mode.SHARDED, two),
                PoolSettings.of("copies", Mode.REPLICATED, two)),
            AdminSettings.DEFAULT,
            ThreadSettings.DEFAULT,
            LimitSettings.DEFAULT,
            ProxySettings.DEFAULT_VERSION);
    return new ProxyView() {
      @Override
      public ProxySettings settings() {
        return settings;
      }

      @Override
      public boolean isInPanic(String pool) {
        return pool.equals("copies");
      }

      @Override
      public Outline outline(String target) {
        Outline outline = new Outline(null);
        outline.server("server|" + target, "10.0.0.1:11211");
        return outline;
      }

      @Override
      public List<ClientStatus> clients(int most) {
        return List.of(
            new ClientStatus(
                "10.0.0.9:4321",
                "127.0.0.1:5000",
                true,
                "web",
                Duration.ofSeconds(70),
                Duration.ofMillis(2500),
                9,
                2,
                4096));
      }

      @Override
      public boolean hold(String pool, String server, Hold hold) {
        return true;
      }

      @Override
      public int reconnect(String pool, String server) {
        return 2;
      }
    };
  }
}
