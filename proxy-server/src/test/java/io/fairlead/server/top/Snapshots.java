package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.remote.Snapshot.Counts;
import io.fairlead.server.remote.Snapshot.Event;
import io.fairlead.server.remote.Snapshot.HotKey;
import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import io.fairlead.server.remote.Snapshot.Times;
import java.util.ArrayList;
import java.util.List;

/** Answers of proxies for tests. */
final class Snapshots {
  /** 14:03:20 UTC. */
  static final long TIME = 1_795_269_800_000L;

  private Snapshots() {}

  /** One second after another, a proxy that had so many requests, each tenth an error. */
  static Snapshot after(long seconds, long requests) {
    return with(seconds, counts(requests), List.of(pool("main", server("cache-a", "up", ""))));
  }

  static Counts counts(long requests) {
    return new Counts(requests, requests * 6 / 10, requests * 2 / 10, requests / 10);
  }

  static Snapshot with(long seconds, Counts counts, List<Pool> pools) {
    return new Snapshot(
        TIME + seconds * 1000,
        "proxy-host-1",
        "1.2.3",
        3600 + seconds,
        "ready",
        counts,
        16,
        new Times(92, 2466),
        120,
        pools,
        List.of(),
        List.of());
  }

  /** The same with so many hot keys and events. */
  static Snapshot with(Snapshot snapshot, int hotKeys, int events) {
    List<HotKey> keys = new ArrayList<>();
    for (int i = 0; i < hotKeys; i++) {
      keys.add(new HotKey("main", "user:" + i + ":profile", 0.5 / (i + 1), 1000.0 / (i + 1)));
    }
    List<Event> happened = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      happened.add(new Event(TIME + i, "info", "event " + i, "pool=main server=cache-" + i));
    }
    return new Snapshot(
        snapshot.timeMillis(),
        snapshot.host(),
        snapshot.version(),
        snapshot.uptimeSeconds(),
        snapshot.phase(),
        snapshot.counts(),
        snapshot.clients(),
        snapshot.times(),
        snapshot.lagMicros(),
        snapshot.pools(),
        keys,
        happened);
  }

  static Pool pool(String name, Server... servers) {
    return pool(name, false, counts(0), servers);
  }

  static Pool pool(String name, boolean isInPanic, Counts counts, Server... servers) {
    return new Pool(
        name, "sharded", "fnv1a_64 ketama", isInPanic, counts, Times.UNKNOWN, List.of(servers));
  }

  static Server server(String name, String state, String reason) {
    return server(name, state, reason, counts(0));
  }

  static Server server(String name, String state, String reason, Counts counts) {
    return new Server(
        name,
        "10.0.0.1:11211",
        state,
        reason,
        state.equals("ejected") ? 2400 : -1,
        0.25,
        2,
        3,
        counts,
        new Times(80, 1210));
  }
}
