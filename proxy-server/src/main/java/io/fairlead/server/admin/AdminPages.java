package io.fairlead.server.admin;

import io.fairlead.config.NearestKey;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which path answers what. Pages are made on the admin loop, but for those that ask the event loops
 * of the proxy, which may not answer: these are made by one other thread.
 */
final class AdminPages {
  /** What answers a GET. */
  record Entry(String path, String what, boolean asksLoops, Function<PageRequest, Page> page) {}

  private static final Map<String, String> ALIASES =
      Map.of("/healthz", "/livez", "/backends", "/servers");

  private final AdminState state;
  private final Overview overview;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  // Made when first asked for: most proxies are never looked at.
  private volatile @Nullable Page web;

  AdminPages(AdminState state) {
    this.state = state;
    Placements placements = new Placements();
    ListPages lists = new ListPages(state, placements);
    overview = new Overview(state, lists, placements);
    addProbes(new ProbePages(state));
    addCounters(new MetricsPage(state), new StatsPage(state));
    addParts(lists, new RingPage(state, placements));
    LogLevelPage level = new LogLevelPage(state);
    quick("/log-level", "how much is logged", request -> level.page());
    quick("/version", "of Fairlead and of Java", request -> version());
    quick("/index", "these links", request -> index());
  }

  private Page index() {
    return IndexPage.page(entries.values(), AdminActions.FORMS);
  }

  private void addProbes(ProbePages probes) {
    quick("/livez", "whether a restart would help", request -> probes.liveness());
    quick("/readyz", "whether clients should come here", request -> probes.readiness());
    quick("/startupz", "whether it has started", request -> probes.startup());
  }

  private void addCounters(MetricsPage metrics, StatsPage stats) {
    slow("/metrics", "for Prometheus", metrics::page);
    slow("/stats", "every counter", request -> stats.page());
    slow("/overview", "everything at a glance", request -> overview.page());
  }

  private void addParts(ListPages lists, RingPage ring) {
    ClientsPage clients = new ClientsPage(state);
    RoutesPage routes = new RoutesPage(state);
    ConfigPage config = new ConfigPage(state);
    slow("/pools", "pools", lists::pools);
    slow("/servers", "servers and their states; ?pool=NAME for one pool", lists::servers);
    slow("/clients", "who is connected", clients::page);
    slow("/routes", "where requests may go", routes::page);
    slow("/ring", "who owns which hashes: ?pool=NAME", ring::page);
    slow("/hotkeys", "keys that are asked for most", lists::hotKeys);
    quick("/events", "what happened lately", lists::events);
    quick("/config", "the configuration in use; ?format=json", config::page);
  }

  private void quick(String path, String what, Function<PageRequest, Page> page) {
    entries.put(path, new Entry(path, what, false, page));
  }

  private void slow(String path, String what, Function<PageRequest, Page> page) {
    entries.put(path, new Entry(path, what, true, page));
  }

  /** The paths of all pages. */
  List<String> paths() {
    return List.copyOf(entries.keySet());
  }

  Overview overview() {
    return overview;
  }

  /** What answers a path; null when nothing does. */
  private @Nullable Entry entry(String path) {
    return entries.get(ALIASES.getOrDefault(path, path));
  }

  /** Whether a page takes as long as the event loops of the proxy want. */
  boolean asksLoops(PageRequest request) {
    Entry entry = entry(request.path());
    return entry != null && entry.asksLoops();
  }

  boolean knows(String path) {
    return path.equals("/") || entry(path) != null;
  }

  Page page(PageRequest request) {
    if (request.path().equals("/")) {
      return web();
    }
    Entry entry = entry(request.path());
    return entry == null ? notFound(request.path()) : entry.page().apply(request);
  }

  private Page web() {
    Page made = web;
    if (made == null) {
      WebPage page = WebPage.load();
      made = Page.html(page.html(), page.policy());
      web = made;
    }
    return made;
  }

  private Page version() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("version", state.version());
    page.put("java", Runtime.version().toString());
    return Page.json(page);
  }

  private Page notFound(String path) {
    List<String> known = new ArrayList<>(entries.keySet());
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("error", "no such path");
    List<String> near = new ArrayList<>(known);
    near.add(OverviewStream.PATH);
    near.addAll(ServerOrder.pathsLike(path));
    String hint = NearestKey.hint(path, near);
    if (hint != null) {
      page.put("hint", hint);
    }
    page.put("paths", known);
    page.put("post", AdminActions.FORMS);
    return Page.json(HttpResponseStatus.NOT_FOUND, page);
  }
}
