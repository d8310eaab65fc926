package io.fairlead.server.admin;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.frontend.ClientStatus;
import io.fairlead.health.Hold;
import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.hotkey.HotKey;
import io.fairlead.metrics.CommandClass;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import io.fairlead.metrics.ListenerStats;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.MemcachedStat;
import io.fairlead.metrics.MemcachedStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.route.Outline;
import io.fairlead.tls.KeyringStatus;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A proxy with two event loops and two servers, as its readers see it. */
final class Samples {
  private static final PoolSettings POOL =
      PoolSettings.of(
          "main",
          PoolSettings.Mode.SHARDED,
          List.of(ServerSettings.at(new Address.Tcp("10.0.0.1", 11211))));

  final List<LoopStats> loops = List.of(new LoopStats(), new LoopStats());
  final List<PoolStats> pools = List.of(new PoolStats("main"), new PoolStats("main"));
  final SpoolStats spool = new SpoolStats();
  final List<ListenerStats> listeners =
      List.of(new ListenerStats("0.0.0.0:11211"), new ListenerStats("0.0.0.0:11211"));
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
    listeners.forEach(listener -> listener.add(ListenerCounter.CONNECTIONS, 2));
    listeners.get(0).count(ListenerCounter.CLOSED_IDLE);
    spool.add(SpoolCounter.SPOOLED, 9);
    spool.set(SpoolCounter.PENDING, 2);
    for (PoolStats pool : pools) {
      ServerStats cache1 = pool.addServer("cache1");
      cache1.add(ServerCounter.REQUESTS, 20);
      cache1.results().add(ResultCounter.FOUND, 11);
      cache1.results().add(ResultCounter.DELETED, 1);
      cache1.results().add(ResultCounter.STORED, 2);
      cache1.times().record(Duration.ofMillis(3).toNanos());
      cache1.set(ServerCounter.IN_QUEUE, 1);
      cache1.set(ServerCounter.OUT_QUEUE, 2);
      pool.requests().count(CommandClass.GET, ResultCounter.FOUND, 6);
      pool.requests().took(CommandClass.GET, Duration.ofMillis(4).toNanos());
      pool.addServer("cache2").add(ServerCounter.RESPONSES, 1);
      pool.add(PoolCounter.CLIENT_EOF, 3);
      pool.add(PoolCounter.CLIENT_CONNECTIONS, 2);
    }
    pools
        .get(0)
        .servers()
        .get(0)
        .memcached(new MemcachedStats("1.6.18", Map.of(MemcachedStat.CURR_ITEMS, 5L)));
  }

  ProxyReadings readings() {
    return new ProxyReadings(
        () -> loops,
        () -> servers,
        () -> pools,
        () -> List.of(new PoolFacts(POOL, "0123456789abcdef", true)),
        () -> listeners,
        () -> spool,
        List::of,
        () -> stuckLoops,
        () -> List.of(Duration.ofMillis(2), Duration.ZERO),
        () -> new UnpooledByteBufAllocator(true),
        () -> KeyringStatus.EMPTY);
  }

  /** The pool of these servers, and one without a ring. */
  static ProxyView view() {
    return view(List.of());
  }

  /** The same with keys that are hot. */
  static ProxyView view(List<HotKey> hotKeys) {
    List<ServerSettings> two =
        List.of(
            new ServerSettings("cache1", new Address.Tcp("10.0.0.1", 11211), 1),
            new ServerSettings("cache2", new Address.Tcp("10.0.0.2", 11211), 1));
    ProxySettings settings =
        ProxySettings.of(
                List.of(ListenerSettings.of(new Address.Tcp("127.0.0.1", 5000), "main")),
                List.of(
                    PoolSettings.of("main", Mode.SHARDED, two),
                    PoolSettings.of("copies", Mode.REPLICATED, two)))
            .admin(AdminSettings.DEFAULT)
            .build();
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
      public List<HotKey> hotKeys() {
        return hotKeys;
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
