// Follows the proxy by server-sent events, and shows what it says.

const byId = (id) => document.getElementById(id);

class Tiles {
  constructor(parent) {
    this.parent = parent;
    this.values = new Map();
  }

  show(name, text, look = "") {
    let value = this.values.get(name);
    if (!value) {
      value = make("b");
      this.values.set(name, value);
      this.parent.append(make("div", { class: "tile" }, make("span", {}, name), value));
    }
    say(value, text);
    value.className = look;
  }
}

class Page {
  constructor() {
    this.rates = new Rates();
    this.tiles = new Tiles(byId("tiles"));
    this.throughput = new Chart(byId("throughput"), "Throughput", ["requests/s", "errors/s"], count);
    this.latency = new Chart(byId("latency"), "Latency", ["p50", "p99"], micros);
    this.pools = new Map();
    this.hot = new Table("Hot keys", [
      { title: "key", left: true, of: (k) => k.key, fill: (cell, k) => { say(cell, k.key); cell.title = k.key; } },
      { title: "pool", left: true, minor: true, of: (k) => k.pool, text: (k) => k.pool },
      { title: "requests/s", of: (k) => k.per_second, text: (k) => count(k.per_second) },
      { title: "share", of: (k) => k.share, text: (k) => percent(k.share) },
    ], (k) => k.pool + "\n" + k.key);
    this.noHot = make("p", { class: "none" }, "None stands out.");
    byId("hot").append(this.noHot, this.hot.element);
  }

  show(overview) {
    const rate = this.rates.next(overview);
    this.head(overview);
    this.numbers(overview, rate.totals);
    if (rate.totals) {
      this.throughput.add(overview.time_ms, [rate.totals.requests, rate.totals.errors]);
      this.latency.add(overview.time_ms, [overview.latency?.p50_us ?? null, overview.latency?.p99_us ?? null]);
    }
    this.cards(overview, rate.pools);
    this.hotKeys(overview.hot_keys ?? []);
    this.events(overview.events ?? []);
  }

  head(overview) {
    document.title = `${overview.host} · Fairlead`;
    say(byId("host"), overview.host);
    say(byId("about"), [overview.version, `up ${lasting(overview.uptime_seconds)}`, overview.java && `Java ${overview.java}`,
      overview.config_hash && `configuration ${overview.config_hash.slice(0, 8)}`].filter(Boolean).join(" · "));
    say(byId("phase"), overview.phase);
    byId("phase").className = "pill " + (overview.phase === "ready" ? "ok" : "warn");
  }

  numbers(overview, rate) {
    const now = overview.totals;
    this.tiles.show("requests/s", count(rate?.requests));
    this.tiles.show("hit rate", percent(hitRate(rate)));
    this.tiles.show("p50", micros(overview.latency?.p50_us));
    this.tiles.show("p99", micros(overview.latency?.p99_us));
    this.tiles.show("errors/s", count(rate?.errors), rate?.errors > 0 ? "bad" : "");
    this.tiles.show("clients", count(now.clients));
    this.tiles.show("in flight", count(now.in_flight));
    this.tiles.show("buffered", bytes(now.buffered_bytes));
    // Requests of clients for each request that a server got.
    const saved = rate?.server_requests > 0 ? rate.requests / rate.server_requests : null;
    this.tiles.show("coalesced", saved == null ? "–" : saved.toFixed(2) + " : 1");
    const lag = overview.loops?.length ? Math.max(...overview.loops.map((loop) => loop.lag_us)) : null;
    this.tiles.show("event loop lag", micros(lag), lag > 50e3 ? "warn" : "");
  }

  cards(overview, rateOf) {
    const names = new Set(overview.pools.map((pool) => pool.pool));
    for (const [name, card] of this.pools) {
      if (!names.has(name)) {
        card.element.remove();
        this.pools.delete(name);
      }
    }
    for (const pool of overview.pools) {
      let card = this.pools.get(pool.pool);
      if (!card) {
        card = new PoolCard(pool.pool);
        this.pools.set(pool.pool, card);
        byId("pools").append(card.element);
      }
      card.show(pool, rateOf.get(pool.pool));
    }
  }

  hotKeys(keys) {
    this.noHot.hidden = keys.length > 0;
    this.hot.element.hidden = keys.length === 0;
    this.hot.show(keys);
  }

  /** Newest first; they are made anew only when there is another. */
  events(events) {
    const newest = events.length ? JSON.stringify(events[events.length - 1]) : "";
    if (newest === this.newestEvent) return;
    this.newestEvent = newest;
    byId("events").replaceChildren(...(events.length ? [...events].reverse().map(Page.event) : [make("li", { class: "none" }, "Nothing yet.")]));
  }

  static event(event) {
    const look = { warn: "warn", error: "bad" }[event.level] ?? "";
    const facts = Object.entries(event.pairs ?? {}).map(([key, value]) => `${key} ${value}`).join(" · ");
    return make("li", {}, make("time", { datetime: new Date(event.time_ms).toISOString() }, new Date(event.time_ms).toLocaleTimeString()),
      make("span", { class: look }, event.message), " ", make("small", {}, facts));
  }

  lost() {
    say(byId("phase"), "no connection");
    byId("phase").className = "pill bad";
    say(byId("note"), "The proxy does not answer. The numbers below are the last ones; this page goes on when it answers again.");
    byId("note").hidden = false;
  }

  found() {
    byId("note").hidden = true;
  }
}

function follow(page) {
  const stream = new EventSource("overview/stream");
  stream.addEventListener("overview", (event) => {
    page.found();
    page.show(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    page.lost();
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => follow(page), 2000); // refused: too many look at it
  });
}

byId("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
});

follow(new Page());
