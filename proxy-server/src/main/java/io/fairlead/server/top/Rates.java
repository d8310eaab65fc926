package io.fairlead.server.top;

import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.remote.Snapshot.Counts;
import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the counts of a proxy say of the time since its answer before. */
final class Rates {
  private static final double MILLIS_PER_SECOND = 1000;

  private final Map<Name, Rate> byName;
  private final @Nullable Snapshot latest;

  /** Of what there are counts: a server, with an empty name for the pool, both for everything. */
  private record Name(String pool, String server) {
    private static final Name ALL = new Name("", "");
  }

  private Rates(Map<Name, Rate> byName, @Nullable Snapshot latest) {
    this.byName = byName;
    this.latest = latest;
  }

  /** Before the first answer. */
  static Rates unknown() {
    return new Rates(Map.of(), null);
  }

  /** With one more answer; unknown when the proxy is another process than before. */
  Rates with(Snapshot now) {
    if (latest == null || isAnother(latest, now)) {
      return new Rates(Map.of(), now);
    }
    if (now.timeMillis() == latest.timeMillis()) {
      return this; // the same once more
    }
    double seconds = ((double) now.timeMillis() - latest.timeMillis()) / MILLIS_PER_SECOND;
    Map<Name, Counts> before = counts(latest);
    Map<Name, Rate> rates = new HashMap<>();
    counts(now)
        .forEach(
            (name, counts) -> {
              Counts earlier = before.get(name);
              if (earlier != null) {
                rates.put(name, Rate.between(earlier, counts, seconds));
              }
            });
    return new Rates(rates, now);
  }

  private static boolean isAnother(Snapshot before, Snapshot now) {
    return now.uptimeSeconds() < before.uptimeSeconds()
        || now.counts().requests() < before.counts().requests();
  }

  private static Map<Name, Counts> counts(Snapshot snapshot) {
    Map<Name, Counts> counts = new HashMap<>();
    for (Pool pool : snapshot.pools()) {
      counts.put(new Name(pool.name(), ""), pool.counts());
      for (Server server : pool.servers()) {
        counts.put(new Name(pool.name(), server.name()), server.counts());
      }
    }
    counts.put(Name.ALL, snapshot.counts());
    return counts;
  }

  /** Of all clients. */
  Rate all() {
    return of(Name.ALL);
  }

  Rate of(Pool pool) {
    return of(new Name(pool.name(), ""));
  }

  Rate of(Pool pool, Server server) {
    return of(new Name(pool.name(), server.name()));
  }

  private Rate of(Name name) {
    return byName.getOrDefault(name, Rate.UNKNOWN);
  }
}
