package io.fairlead.server.admin;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.health.FailureKind;
import io.fairlead.health.ServerStatus;
import io.fairlead.metrics.LatencySnapshot;
import io.fairlead.metrics.ResultCounter;
import io.fairlead.metrics.ServerCounter;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.server.admin.PoolTotals.ServerTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pools and servers of a proxy at a moment, over all event loops; one way of telling for all
 * pages.
 */
final class PoolRows {
  private final ProxyView proxy;
  private final Map<String, PoolTotals> totals = new HashMap<>();
  private final Map<ServerName, List<ServerStatus>> states;
  private final Map<String, String> fingerprints;
  private final Placements placements;

  private record ServerName(String pool, String server) {}

  private PoolRows(ProxyReadings readings, ProxyView proxy, Placements placements) {
    this.proxy = proxy;
    this.placements = placements;
    PoolTotals.of(readings.pools().get()).forEach(pool -> totals.put(pool.pool(), pool));
    fingerprints =
        readings.poolFacts().get().stream()
            .collect(Collectors.toMap(PoolFacts::pool, PoolFacts::fingerprint));
    states =
        readings.servers().get().stream()
            .collect(Collectors.groupingBy(s -> new ServerName(s.pool(), s.server())));
  }

  /** As things are now; asks the event loops. None before there is a proxy. */
  static @Nullable PoolRows now(AdminState state, Placements placements) {
    ProxyView proxy = state.proxy();
    return proxy == null ? null : new PoolRows(state.readings(), proxy, placements);
  }

  /** The pools, without their servers, which are counted only. */
  List<Map<String, Object>> pools() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (PoolSettings pool : settings().pools()) {
      Map<String, Object> row = pool(pool);
      row.put("servers", pool.servers().size());
      rows.add(row);
    }
    return rows;
  }

  /** The pools, with their servers in them. */
  List<Map<String, Object>> poolsWithServers(RecentTimes times) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (PoolSettings pool : settings().pools()) {
      Map<String, Object> row = pool(pool);
      row.put("ring", RingPage.hasRing(placements.of(pool)));
      PoolTotals counted = totals.get(pool.name());
      if (counted != null) {
        times.addTo(row, pool.name(), counted.times());
      }
      row.put("servers", servers(pool, times));
      rows.add(row);
    }
    return rows;
  }

  /** The servers of all pools. */
  List<Map<String, Object>> servers() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (PoolSettings pool : settings().pools()) {
      for (Map<String, Object> server : servers(pool)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("pool", pool.name());
        row.putAll(server);
        rows.add(row);
      }
    }
    return rows;
  }

  /** How long requests of all clients took. */
  LatencySnapshot times() {
    return totals.values().stream()
        .map(PoolTotals::times)
        .reduce(LatencySnapshot.NONE, LatencySnapshot::plus);
  }

  private ProxySettings settings() {
    return proxy.settings();
  }

  private Map<String, Object> pool(PoolSettings pool) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("pool", pool.name());
    row.put("kind", Words.of(pool.mode()));
    if (!pool.mode().hasReplicas()) {
      row.put("hash", hash(pool));
      row.put("distribution", pool.placement().distributionName());
    }
    String fingerprint = fingerprints.get(pool.name());
    if (fingerprint != null) {
      row.put("fingerprint", fingerprint);
    }
    row.put("panic", proxy.isInPanic(pool.name()));
    PoolTotals counted = totals.get(pool.name());
    count(row, counted == null ? List.of() : counted.servers());
    return row;
  }

  private static String hash(PoolSettings pool) {
    return pool.placement() instanceof RingSettings ring
        ? ring.hash().configName()
        : pool.placement().distributionName();
  }

  /** The same with how long they took. */
  private List<Map<String, Object>> servers(PoolSettings pool, RecentTimes times) {
    List<Map<String, Object>> rows = servers(pool);
    for (int i = 0; i < rows.size(); i++) {
      String server = pool.servers().get(i).name();
      for (ServerTotals counted : totals(pool.name(), server)) {
        times.addTo(rows.get(i), pool.name() + " " + server, counted.times());
      }
    }
    return rows;
  }

  private List<Map<String, Object>> servers(PoolSettings pool) {
    PoolPlacement placement = placements.of(pool);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < pool.servers().size(); i++) {
      rows.add(server(pool, pool.servers().get(i), placement, i));
    }
    return rows;
  }

  private Map<String, Object> server(
      PoolSettings pool, ServerSettings server, PoolPlacement placement, int index) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("server", server.name());
    row.put("address", server.address().toString());
    List<ServerStatus> seen =
        states.getOrDefault(new ServerName(pool.name(), server.name()), List.of());
    if (!seen.isEmpty()) {
      state(row, seen.get(0)); // all loops say the same
    }
    if (!pool.mode().hasReplicas()) {
      row.put("share", rounded(placement.shareOf(index)));
      row.put("weight", whole(placement.weight(index)));
    }
    row.put("in_flight", seen.stream().mapToInt(ServerStatus::inFlight).sum());
    List<ServerTotals> counted = totals(pool.name(), server.name());
    row.put("connections", sum(counted, ServerCounter.SERVER_CONNECTIONS));
    count(row, counted);
    return row;
  }

  private static void state(Map<String, Object> row, ServerStatus status) {
    row.put("state", Words.of(status.state()));
    FailureKind reason = status.health().reason();
    if (reason != null) {
      row.put("reason", Words.of(reason));
    }
    Duration nextProbe = status.health().nextProbe();
    if (nextProbe != null) {
      row.put("next_probe_ms", nextProbe.toMillis());
    }
  }

  private List<ServerTotals> totals(String pool, String server) {
    PoolTotals counted = totals.get(pool);
    return counted == null
        ? List.of()
        : counted.servers().stream().filter(each -> each.server().equals(server)).toList();
  }

  private static long sum(List<ServerTotals> servers, ServerCounter counter) {
    return servers.stream().mapToLong(server -> server.get(counter)).sum();
  }

  /** Key by key: a get of three keys is three requests. */
  private static void count(Map<String, Object> row, List<ServerTotals> servers) {
    long all = 0;
    long errors = 0;
    for (ResultCounter result : ResultCounter.values()) {
      long count = sum(servers, result);
      all += count;
      errors += result.isError() ? count : 0;
    }
    row.put("requests", all);
    row.put("hits", sum(servers, ResultCounter.FOUND));
    row.put("misses", sum(servers, ResultCounter.NOTFOUND));
    row.put("errors", errors);
  }

  private static long sum(List<ServerTotals> servers, ResultCounter result) {
    return servers.stream()
        .flatMap(server -> server.loops().stream())
        .mapToLong(loop -> loop.results().get(result))
        .sum();
  }

  /** Weights of a ring are whole numbers, mcrouter's are not. */
  private static Number whole(double weight) {
    return weight == Math.rint(weight) ? (Number) (long) weight : (Number) weight;
  }

  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }
}
