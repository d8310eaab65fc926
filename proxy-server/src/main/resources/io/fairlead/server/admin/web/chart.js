// Lines over the last five minutes. Nothing is kept elsewhere: who opens the page sees them grow.

const KEPT = 300;

/** A number of its upper end that is easy to read: 1, 2 or 5 and zeros. */
function niceTop(highest) {
  if (!(highest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= highest);
}

class Chart {
  constructor(figure, title, series, text) {
    this.series = series.map((name) => ({ name, values: [] }));
    this.times = [];
    this.text = text;
    this.title = title;
    this.svg = drawn("svg", { viewBox: `0 0 ${KEPT - 1} 100`, preserveAspectRatio: "none", "aria-hidden": "true" });
    this.area = drawn("path", { class: "area" });
    this.svg.append(drawn("line", { x1: 0, x2: KEPT - 1, y1: 50, y2: 50 }), this.area);
    this.lines = this.series.map((_, i) => this.svg.appendChild(drawn("path", { class: "s" + i })));
    this.cursor = this.svg.appendChild(drawn("line", { y1: 0, y2: 100, visibility: "hidden" }));
    this.top = make("span", { class: "top" });
    this.at = make("span", { class: "at", hidden: "" });
    this.plot = make("div", { class: "plot", role: "img" }, this.svg, this.top, this.at);
    this.keys = this.series.map((one, i) => make("span", { class: `key s${i}` }, one.name));
    figure.append(make("figcaption", {}, make("b", {}, title), ...this.keys), this.plot,
      make("div", { class: "axis", "aria-hidden": "true" }, make("span", {}, "5 min ago"), make("span", {}, "now")));
    this.plot.addEventListener("pointermove", (event) => this.point(event));
    this.plot.addEventListener("pointerleave", () => this.point(null));
  }

  /** One value for each series; null for none. */
  add(time, values) {
    this.times.push(time);
    if (this.times.length > KEPT) this.times.shift();
    values.forEach((value, i) => {
      const kept = this.series[i].values;
      kept.push(value);
      if (kept.length > KEPT) kept.shift();
      say(this.keys[i], `${this.series[i].name} ${this.text(value)}`);
    });
    this.draw();
    this.plot.setAttribute("aria-label",
      `${this.title}: ` + this.series.map((one, i) => `${one.name} ${this.text(values[i])}`).join(", "));
  }

  draw() {
    const top = niceTop(Math.max(0, ...this.series.flatMap((one) => one.values.filter((value) => value != null))));
    say(this.top, this.text(top));
    const offset = KEPT - this.times.length;
    this.series.forEach((one, i) => this.lines[i].setAttribute("d", Chart.path(one.values, offset, top)));
    this.area.setAttribute("d", this.areaPath(offset, top));
  }

  static path(values, offset, top) {
    let pen = "M";
    let path = "";
    values.forEach((value, i) => {
      if (value == null) {
        pen = "M";
        return;
      }
      path += `${pen}${offset + i} ${(100 - (100 * value) / top).toFixed(2)}`;
      pen = "L";
    });
    return path;
  }

  areaPath(offset, top) {
    const values = this.series[0].values.map((value) => value ?? 0);
    return values.length < 2 ? "" : `${Chart.path(values, offset, top)}L${KEPT - 1} 100L${offset} 100Z`;
  }

  /** What was at the place under the pointer. */
  point(event) {
    const box = this.plot.getBoundingClientRect();
    const index = event ? Math.round(((event.clientX - box.left) / box.width) * (KEPT - 1)) - (KEPT - this.times.length) : -1;
    const isOn = index >= 0 && index < this.times.length;
    this.at.hidden = !isOn;
    this.cursor.setAttribute("visibility", isOn ? "visible" : "hidden");
    if (!isOn) return;
    const x = KEPT - this.times.length + index;
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
    say(this.at, [new Date(this.times[index]).toLocaleTimeString(),
      ...this.series.map((one) => `${one.name} ${this.text(one.values[index])}`)].join(" · "));
    const left = Math.min(Math.max(0, event.clientX - box.left - this.at.offsetWidth / 2), box.width - this.at.offsetWidth);
    this.at.style.setProperty("left", left + "px");
  }
}
