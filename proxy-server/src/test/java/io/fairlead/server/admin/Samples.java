package io.fairlead.server.admin;

import io.fairlead.health.ServerStatus;
import io.fairlead.health.ServerStatus.State;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.PoolStats;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.tls.KeyringStatus;
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
}
