package io.fairlead.server.admin;

import io.fairlead.config.NearestKey;
import io.fairlead.config.PoolSettings;
import io.fairlead.hotkey.HotKey;
import io.fairlead.server.events.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /pools}, {@code /servers}, {@code /events} and {@code /hotkeys}. */
final class ListPages {
  private static final List<String> POOLS =
      List.of(
          "pool",
          "kind",
          "hash",
          "distribution",
          "servers",
          "panic",
          "requests",
          "hits",
          "misses",
          "errors");
  private static final List<String> SERVERS =
      List.of(
          "pool",
          "server",
          "address",
          "state",
          "reason",
          "share",
          "connections",
          "in_flight",
          "requests",
          "hits",
          "misses",
          "errors");

  private final AdminState state;
  private final Placements placements;

  ListPages(AdminState state, Placements placements) {
    this.state = state;
    this.placements = placements;
  }

  Page pools(PageRequest request) {
    PoolRows rows = PoolRows.now(state, placements);
    return Listing.of("pools", POOLS, rows == null ? List.of() : rows.pools()).page(request);
  }

  Page servers(PageRequest request) {
    PoolRows rows = PoolRows.now(state, placements);
    List<Map<String, Object>> all = rows == null ? List.of() : rows.servers();
    String pool = request.parameter("pool");
    if (pool == null) {
      return Listing.of("servers", SERVERS, all).page(request);
    }
    List<String> names = poolNames(state.proxy());
    if (!names.contains(pool)) {
      return Page.unknown("no such pool: " + pool, NearestKey.hint(pool, names));
    }
    List<Map<String, Object>> ofPool =
        all.stream().filter(row -> pool.equals(row.get("pool"))).toList();
    return Listing.of("servers", SERVERS, ofPool).page(request);
  }

  static List<String> poolNames(@Nullable ProxyView proxy) {
    return proxy == null
        ? List.of()
        : proxy.settings().pools().stream().map(PoolSettings::name).toList();
  }

  /** Newest last, as in a log. */
  Page events(PageRequest request) {
    return Listing.of(
            "events", List.of("time_ms", "level", "message", "pairs"), eventRows(Listing.MOST_ROWS))
        .page(request);
  }

  /** The latest of them. */
  List<Map<String, Object>> eventRows(int most) {
    List<Event> events = state.process().events().get();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Event event : events.subList(Math.max(0, events.size() - most), events.size())) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("time_ms", event.timeMillis());
      row.put("level", event.level());
      row.put("message", event.message());
      row.put("pairs", event.pairs());
      rows.add(row);
    }
    return rows;
  }

  Page hotKeys(PageRequest request) {
    return Listing.of("hot_keys", List.of("pool", "key", "share", "per_second"), hotKeyRows())
        .page(request);
  }

  List<Map<String, Object>> hotKeyRows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    ProxyView proxy = state.proxy();
    for (HotKey key : proxy == null ? List.<HotKey>of() : proxy.hotKeys()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("pool", key.pool());
      row.put("key", key.key());
      row.put("share", rounded(key.share(), 10_000));
      row.put("per_second", rounded(key.perSecond(), 10));
      rows.add(row);
    }
    return rows;
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
