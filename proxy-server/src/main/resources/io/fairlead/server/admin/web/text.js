// How numbers are said, and elements made. What comes from the proxy becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; what is no element becomes text. */
function make(name, attributes = {}, ...children) {
  const element = attributes.ns ? document.createElementNS(attributes.ns, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== "ns") element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function drawn(name, attributes, ...children) {
  return make(name, { ns: SVG, ...attributes }, ...children);
}

/** Changes a text only when it is another one, so that a selection stays and readers are not disturbed. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function count(n) {
  if (n == null || Number.isNaN(n)) return "–";
  for (const [limit, unit] of [[1e9, "G"], [1e6, "M"], [1e4, "k"]]) {
    if (n >= limit) {
      const part = n / (unit === "k" ? 1e3 : limit);
      return (part >= 100 ? part.toFixed(0) : part.toFixed(1)) + " " + unit;
    }
  }
  return n >= 100 || Number.isInteger(n) ? Math.round(n).toLocaleString("en") : n.toFixed(1);
}

function bytes(n) {
  if (n == null) return "–";
  let unit = 0;
  while (n >= 1024 && unit < 4) { n /= 1024; unit++; }
  return (n >= 100 || unit === 0 ? n.toFixed(0) : n.toFixed(1)) + " " + ["B", "KiB", "MiB", "GiB", "TiB"][unit];
}

function micros(us) {
  if (us == null) return "–";
  if (us < 1000) return Math.round(us) + " µs";
  return us < 1e6 ? (us / 1e3).toFixed(us < 1e4 ? 2 : 1) + " ms" : (us / 1e6).toFixed(2) + " s";
}

function percent(part) {
  return part == null || Number.isNaN(part) ? "–" : (part * 100).toFixed(part > 0 && part < 0.0995 ? 2 : 1) + " %";
}

function lasting(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days) return `${days} d ${hours} h`;
  return hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min` : `${Math.floor(seconds)} s`;
}
