// The ring of a pool: the hash space once around, every part in the colour of the server that has its keys.

/** Colours far from each other, however many there are. */
function hue(index) {
  return `hsl(${(212 + index * 137.508) % 360} 62% 54%)`;
}

/** The parts of the ring that belong together: neighbours with the same server. */
function arcs(slots) {
  const result = [];
  for (let i = 0; i < slots.length; i++) {
    const last = result[result.length - 1];
    if (last && last.server === slots[i]) last.end = i + 1;
    else result.push({ server: slots[i], begin: i, end: i + 1 });
  }
  return result;
}

function arcPath(begin, end, of) {
  const at = (slot, radius) => {
    const angle = (slot / of) * 2 * Math.PI - Math.PI / 2;
    return `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const isLong = end - begin > of / 2 ? 1 : 0;
  const last = Math.min(end, begin + of - 0.01); // a whole circle would begin where it ends
  return `M${at(begin, 98)}A98 98 0 ${isLong} 1 ${at(last, 98)}L${at(last, 66)}A66 66 0 ${isLong} 0 ${at(begin, 66)}Z`;
}

class Ring {
  constructor(pool) {
    this.pool = pool;
    this.number = drawn("text", { x: 100, y: 104 });
    this.label = drawn("text", { x: 100, y: 122, class: "small" });
    this.parts = drawn("g", {});
    this.element = make("div", { class: "ring", role: "img", hidden: "" },
      drawn("svg", { viewBox: "0 0 200 200", "aria-hidden": "true" }, this.parts, this.number, this.label));
  }

  /** Asks for the ring when it is another one than before. */
  async follow(fingerprint) {
    if (fingerprint === this.fingerprint) return;
    this.fingerprint = fingerprint;
    try {
      const answer = await fetch("ring?pool=" + encodeURIComponent(this.pool));
      if (answer.ok) this.draw(await answer.json());
    } catch {
      this.fingerprint = null; // asked again with the next overview
    }
  }

  draw(ring) {
    this.names = ring.servers;
    this.parts.replaceChildren(...arcs(ring.slots).map((arc) => {
      const path = drawn("path", { d: arcPath(arc.begin, arc.end, ring.slots.length), "data-server": arc.server });
      path.style.setProperty("--hue", hue(arc.server));
      return path;
    }));
    this.element.hidden = false;
    this.element.setAttribute("aria-label", `Ring of ${this.pool}: `
      + ring.servers.map((name, i) => `${name} ${percent(ring.shares[i])}`).join(", "));
  }

  /** Servers that get no requests are grey; the middle says how many do. */
  show(servers) {
    const out = new Set(servers.filter((server) => OUT.has(server.state)).map((server) => server.server));
    say(this.number, `${servers.length - out.size}/${servers.length}`);
    say(this.label, servers.length === 1 ? "server up" : "servers up");
    for (const path of this.parts.children) {
      path.classList.toggle("out", out.has(this.names[path.dataset.server]));
    }
  }

  pick(name) {
    this.element.classList.toggle("picks", name != null);
    for (const path of this.parts.children) {
      path.classList.toggle("picked", this.names[path.dataset.server] === name);
    }
  }
}
