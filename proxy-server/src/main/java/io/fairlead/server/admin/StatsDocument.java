package io.fairlead.server.admin;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.Counters;
import io.fairlead.metrics.LoopStats;
import io.fairlead.metrics.PoolCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.server.admin.PoolTotals.ServerTotals;
import io.fairlead.server.report.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The statistics in the form of twemproxy, down to its spaces, for readers that cut it with regular
 * expressions.
 *
 * @param source the name of this machine
 * @param listeners how many there are: twemproxy counts them among the connections
 */
record StatsDocument(String source, String version, long startedAtSeconds, int listeners) {
  /*
   * In this form pools share a map with the head, and servers share one with the counters of their
   * pool, so that a server may be called like a counter. Where twemproxy writes such a key twice, and
   * every reader keeps the last, here the name gets a prefix: "server:fragments".
   */
  private static final List<String> HEAD =
      List.of(
          "service",
          "source",
          "version",
          "uptime",
          "timestamp",
          "total_connections",
          "curr_connections");

  /** A counter that twemproxy has and never counts. */
  private static final String FRAGMENTS = "fragments";

  private static final List<String> POOL_KEYS =
      Stream.concat(
              Stream.of(PoolCounter.values()).map(PoolCounter::statName), Stream.of(FRAGMENTS))
          .toList();

  /** Pools and servers come in this order, whatever the file says: shorter names first. */
  private static final Comparator<String> NAME_ORDER =
      Comparator.comparing(
          name -> name.getBytes(StandardCharsets.UTF_8),
          Comparator.<byte[]>comparingInt(name -> name.length)
              .thenComparing(Arrays::compareUnsigned));

  String write(long nowSeconds, List<LoopStats> loops, List<PoolTotals> pools) {
    StringBuilder out = new StringBuilder(2048).append('{');
    text(out, "service", "nutcracker");
    text(out, "source", source);
    text(out, "version", version);
    number(out, "uptime", nowSeconds - startedAtSeconds);
    number(out, "timestamp", nowSeconds);
    number(out, "total_connections", totalConnections(loops));
    number(out, "curr_connections", connections(pools));
    named(pools, PoolTotals::pool, HEAD, "pool:").forEach((key, pool) -> pool(out, key, pool));
    return end(out).append("}\n").toString();
  }

  private long totalConnections(List<LoopStats> loops) {
    return listeners
        + Stream.of(Counter.CLIENTS_ACCEPTED, Counter.CONNECTS, Counter.CONNECT_FAILURES)
            .mapToLong(counter -> Counters.joined(loops, counter))
            .sum();
  }

  private long connections(List<PoolTotals> pools) {
    long open = listeners;
    for (PoolTotals pool : pools) {
      open += pool.get(PoolCounter.CLIENT_CONNECTIONS);
      for (ServerTotals server : pool.servers()) {
        open += server.get(ServerCounter.SERVER_CONNECTIONS);
      }
    }
    return open;
  }

  private static void pool(StringBuilder out, String key, PoolTotals pool) {
    begin(out, key);
    for (PoolCounter counter : PoolCounter.values()) {
      number(out, counter.statName(), pool.get(counter));
    }
    number(out, FRAGMENTS, 0);
    named(pool.servers(), ServerTotals::server, POOL_KEYS, "server:")
        .forEach((name, server) -> server(out, name, server));
    end(out).append("},");
  }

  private static void server(StringBuilder out, String key, ServerTotals server) {
    begin(out, key);
    for (ServerCounter counter : ServerCounter.values()) {
      number(out, counter.statName(), server.get(counter));
    }
    end(out).append("},");
  }

  /** The names of a pool and of its servers that are keys of the document itself. */
  static List<String> renamed(PoolTotals pool) {
    return Stream.concat(
            Stream.of(pool.pool()).filter(HEAD::contains),
            pool.servers().stream().map(ServerTotals::server).filter(POOL_KEYS::contains))
        .toList();
  }

  /** The values by their names, in order; no name is one of {@code taken}. */
  private static <T> Map<String, T> named(
      List<T> values, Function<T, String> nameOf, List<String> taken, String prefix) {
    Map<String, T> byName = new TreeMap<>(NAME_ORDER);
    values.forEach(value -> byName.put(nameOf.apply(value), value));
    Set<String> used = new HashSet<>(taken);
    used.addAll(byName.keySet());
    Map<String, T> byKey = new LinkedHashMap<>();
    byName.forEach(
        (name, value) -> {
          String key = name;
          if (taken.contains(name)) {
            do {
              key = prefix + key;
            } while (!used.add(key));
          }
          byKey.put(key, value);
        });
    return byKey;
  }

  private static void begin(StringBuilder out, String key) {
    out.append(Json.write(key)).append(": {");
  }

  private static void text(StringBuilder out, String key, String value) {
    out.append(Json.write(key)).append(':').append(Json.write(value)).append(", ");
  }

  private static void number(StringBuilder out, String key, long value) {
    out.append(Json.write(key)).append(':').append(value).append(", ");
  }

  /** Removes the comma that follows the last member. */
  private static StringBuilder end(StringBuilder out) {
    int length = out.length();
    while (out.charAt(length - 1) == ' ' || out.charAt(length - 1) == ',') {
      length--;
    }
    out.setLength(length);
    return out;
  }
}
