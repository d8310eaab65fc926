package io.fairlead.server.remote;

import java.util.List;

/**
 * What a proxy says of itself at a moment. Counts are from its beginning on; texts are printable
 * ASCII, whatever it sent.
 *
 * @param timeMillis since 1970, by the clock of the proxy
 * @param lagMicros of the event loop that is latest
 */
public record Snapshot(
    long timeMillis,
    String host,
    String version,
    long uptimeSeconds,
    String phase,
    Counts counts,
    long clients,
    Times times,
    long lagMicros,
    List<Pool> pools,
    List<HotKey> hotKeys,
    List<Event> events) {
  public Snapshot {
    pools = List.copyOf(pools);
    hotKeys = List.copyOf(hotKeys);
    events = List.copyOf(events);
  }

  /** How often something happened. */
  public record Counts(long requests, long hits, long misses, long errors) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  /** How long requests took lately; -1 each when there were none. */
  public record Times(long p50Micros, long p99Micros) {
    public static final Times UNKNOWN = new Times(-1, -1);
  }

  /**
   * Servers that have keys together.
   *
   * @param placement by which hash and distribution; empty when keys are not spread
   */
  public record Pool(
      String name,
      String kind,
      String placement,
      boolean isInPanic,
      Counts counts,
      Times times,
      List<Server> servers) {
    public Pool {
      servers = List.copyOf(servers);
    }
  }

  /**
   * One server of a pool.
   *
   * @param reason why it is not well; empty when it is
   * @param nextProbeMillis until it is probed again; -1 when it is not
   * @param share of the keys, 0 to 1; -1 when they are not shared out
   */
  public record Server(
      String name,
      String address,
      String state,
      String reason,
      long nextProbeMillis,
      double share,
      long connections,
      long inFlight,
      Counts counts,
      Times times) {
    /** Whether all is as it should be. */
    public boolean isUp() {
      return state.equals("up");
    }
  }

  /** A key that is asked for much. */
  public record HotKey(String pool, String key, double share, double perSecond) {}

  /**
   * Something that happened lately.
   *
   * @param facts as in the log: {@code pool=main server=cache-a}
   */
  public record Event(long timeMillis, String level, String message, String facts) {}

  /** The servers of all pools. */
  public List<Server> servers() {
    return pools.stream().flatMap(pool -> pool.servers().stream()).toList();
  }
}
