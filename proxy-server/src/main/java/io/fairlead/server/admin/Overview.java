package io.fairlead.server.admin;

import io.fairlead.metrics.Counter;
import io.fairlead.server.report.Json;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /overview}: all that the page at {@code /} and {@code fairlead top} show, in one document.
 * However many ask, it is made once a second at most.
 */
final class Overview {
  private static final long FRESH_NANOS = Duration.ofMillis(900).toNanos();
  private static final int MOST_EVENTS = 50;

  private static final List<Counter> REQUESTS =
      List.of(
          Counter.CMD_GET,
          Counter.CMD_SET,
          Counter.CMD_DELETE,
          Counter.CMD_TOUCH,
          Counter.CMD_ARITHMETIC,
          Counter.CMD_META,
          Counter.CMD_OTHER);

  private final AdminState state;
  private final ListPages lists;
  private final Placements placements;
  private final RecentTimes times = new RecentTimes();
  private final String host = HostName.read();
  private String json = "";
  private long madeAt;

  Overview(AdminState state, ListPages lists, Placements placements) {
    this.state = state;
    this.lists = lists;
    this.placements = placements;
  }

  Page page() {
    return new Page(HttpResponseStatus.OK, Page.JSON, json() + "\n");
  }

  /** In one line; asks the event loops when the last one is too old. */
  synchronized String json() {
    long now = System.nanoTime();
    if (json.isEmpty() || now - madeAt >= FRESH_NANOS) {
      json = Json.write(made());
      madeAt = now;
    }
    return json;
  }

  private Map<String, Object> made() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("time_ms", System.currentTimeMillis());
    page.put("version", state.version());
    page.put("host", host);
    page.put("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    page.put("phase", state.phaseName());
    Reloading config = state.reloading();
    if (config != null) {
      page.put("config_hash", config.status().hash());
    }
    page.put("java", Runtime.version().toString());
    PoolRows rows = PoolRows.now(state, placements);
    page.put("totals", totals());
    times.begin();
    if (rows != null) {
      times.addTo(page, "", rows.times());
    }
    page.put("loops", loops());
    page.put("pools", rows == null ? List.of() : rows.poolsWithServers(times));
    page.put("hot_keys", lists.hotKeyRows());
    page.put("events", lists.eventRows(MOST_EVENTS));
    return page;
  }

  private List<Map<String, Object>> loops() {
    List<Map<String, Object>> loops = new ArrayList<>();
    for (Duration lag : state.readings().loopLags().get()) {
      Map<String, Object> loop = new LinkedHashMap<>();
      loop.put("loop", String.valueOf(loops.size()));
      loop.put("lag_us", lag.toNanos() / 1000);
      loops.add(loop);
    }
    return loops;
  }

  private Map<String, Object> totals() {
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("requests", REQUESTS.stream().mapToLong(this::sum).sum());
    totals.put("hits", sum(Counter.GET_HITS));
    totals.put("misses", sum(Counter.GET_MISSES));
    totals.put("errors", sum(Counter.CLIENT_ERRORS) + sum(Counter.SERVER_ERRORS));
    totals.put("clients", sum(Counter.CLIENTS));
    totals.put("clients_accepted", sum(Counter.CLIENTS_ACCEPTED));
    totals.put("clients_rejected", sum(Counter.CLIENTS_REJECTED));
    totals.put("server_requests", sum(Counter.SERVER_REQUESTS));
    totals.put("in_flight", sum(Counter.IN_FLIGHT));
    totals.put("buffered_bytes", sum(Counter.BUFFERED_BYTES));
    totals.put("coalesced_keys", sum(Counter.COALESCED_KEYS));
    totals.put("retries", sum(Counter.RETRIES));
    totals.put("failovers", sum(Counter.FAILOVERS));
    totals.put("timeouts", sum(Counter.TIMEOUTS));
    return totals;
  }

  private long sum(Counter counter) {
    return state.readings().loops().get().stream().mapToLong(loop -> loop.get(counter)).sum();
  }
}
