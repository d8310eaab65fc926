// One pool: its ring, and its servers with what they do and why.

/** States in which a server gets no requests. */
const OUT = new Set(["ejected", "probing", "drained", "paused"]);

const LOOKS = { up: "ok", ramping: "warn", failing: "warn", paused: "warn", drained: "warn", probing: "bad", ejected: "bad" };

function why(server) {
  const parts = [];
  if (server.reason && server.state !== "up") parts.push(server.reason.replaceAll("_", " "));
  if (server.next_probe_ms != null) parts.push(`next probe in ${(server.next_probe_ms / 1000).toFixed(1)} s`);
  return parts.join(", ");
}

class PoolCard {
  constructor(name) {
    this.ring = new Ring(name);
    this.facts = make("small");
    this.print = make("code", { title: "Proxies with the same fingerprint place every key alike" });
    this.speed = make("small");
    this.state = make("span", { class: "pill", hidden: "" });
    this.table = new Table(`Servers of ${name}`, this.columns(), (server) => server.server);
    this.element = make("article", { class: "card pool" },
      make("h2", {}, name, this.state, this.facts, this.print, this.speed),
      make("div", { class: "inside" }, this.ring.element, make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": `Table of the servers of ${name}` }, this.table.element)));
    this.rateOf = new Map();
  }

  columns() {
    const rate = (server) => this.rateOf.get(server.server);
    return [
      { title: "server", left: true, of: (s) => s.server, fill: (cell, s) => this.name(cell, s) },
      { title: "state", left: true, of: (s) => s.state, fill: (cell, s) => PoolCard.stateOf(cell, s) },
      { title: "share", look: "of-ring", of: (s) => s.share, text: (s) => percent(s.share) },
      { title: "requests/s", of: (s) => rate(s)?.requests, text: (s) => count(rate(s)?.requests) },
      { title: "hit rate", of: (s) => hitRate(rate(s)), text: (s) => percent(hitRate(rate(s))) },
      { title: "errors/s", of: (s) => rate(s)?.errors, text: (s) => count(rate(s)?.errors) },
      { title: "p50", minor: true, of: (s) => s.latency?.p50_us, text: (s) => micros(s.latency?.p50_us) },
      { title: "p99", of: (s) => s.latency?.p99_us, text: (s) => micros(s.latency?.p99_us) },
      { title: "in flight", minor: true, of: (s) => s.in_flight, text: (s) => count(s.in_flight) },
      { title: "connections", minor: true, of: (s) => s.connections, text: (s) => count(s.connections) },
      { title: "address", left: true, minor: true, of: (s) => s.address, text: (s) => s.address ?? "–" },
    ];
  }

  /** The name in its colour; to point at it, or to go there by keyboard, shows its part of the ring. */
  name(cell, server) {
    if (!cell.firstChild) {
      const dot = make("span", { class: "dot", "aria-hidden": "true" });
      const row = cell.parentElement;
      cell.append(make("button", { type: "button" }, dot, server.server));
      row.addEventListener("pointerenter", () => this.ring.pick(server.server));
      row.addEventListener("pointerleave", () => this.ring.pick(null));
      row.addEventListener("focusin", () => this.ring.pick(server.server));
      row.addEventListener("focusout", () => this.ring.pick(null));
    }
    const index = this.ring.names ? this.ring.names.indexOf(server.server) : -1;
    cell.querySelector(".dot").style.setProperty("--hue", index < 0 ? "var(--line)" : hue(index));
  }

  static stateOf(cell, server) {
    if (!cell.firstChild) cell.append(make("b"), make("span", { class: "why" }));
    const [state, reason] = cell.children;
    say(state, server.state);
    state.className = LOOKS[server.state] ?? "";
    say(reason, why(server));
  }

  show(pool, rate) {
    this.rateOf = rate.servers;
    if (pool.ring) this.ring.follow(pool.fingerprint ?? "");
    this.ring.show(pool.servers);
    say(this.facts, [pool.kind?.replaceAll("_", " "), pool.distribution, pool.hash].filter(Boolean).join(" · "));
    say(this.print, pool.fingerprint ?? "");
    say(this.speed, `${count(rate.own?.requests)} requests/s · hit rate ${percent(hitRate(rate.own))} · p99 ${micros(pool.latency?.p99_us)}`);
    this.state.hidden = !pool.panic;
    say(this.state, pool.panic ? "panic: too few servers are healthy" : "");
    this.state.className = "pill bad";
    this.table.element.classList.toggle("ringless", pool.servers.every((server) => server.share == null));
    this.table.element.classList.toggle("plain", !this.ring.names);
    this.table.show(pool.servers);
  }
}
