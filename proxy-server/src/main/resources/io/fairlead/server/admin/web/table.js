// Tables whose rows stay where they are while their numbers change, sorted by the column one likes.

class Table {
  /** Columns: { title, of: row => value to sort by, text: row => text, left, minor, look, fill: (cell, row) => void }. */
  constructor(label, columns, keyOf) {
    this.columns = columns;
    this.keyOf = keyOf;
    this.rows = new Map();
    this.body = make("tbody");
    this.heads = columns.map((column, i) => {
      const button = make("button", { type: "button" }, column.title);
      button.addEventListener("click", () => this.sortBy(i));
      return make("th", { scope: "col", class: this.classOf(column) }, button);
    });
    this.element = make("table", { "aria-label": label }, make("thead", {}, make("tr", {}, ...this.heads)), this.body);
  }

  classOf(column) {
    return [column.left && "left", column.minor && "minor", column.look].filter(Boolean).join(" ");
  }

  sortBy(index) {
    this.descending = this.sorted === index ? !this.descending : !this.columns[index].left;
    this.sorted = index;
    this.heads.forEach((head, i) => {
      if (i === index) head.setAttribute("aria-sort", this.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    this.arrange();
  }

  show(data) {
    const seen = new Set();
    for (const item of data) {
      const key = this.keyOf(item);
      seen.add(key);
      const row = this.rows.get(key) ?? this.add(key, item);
      row.item = item;
      this.columns.forEach((column, i) => this.fill(column, row.cells[i], item));
    }
    for (const [key, row] of this.rows) {
      if (!seen.has(key)) {
        row.element.remove();
        this.rows.delete(key);
      }
    }
    this.order = data.map(this.keyOf);
    this.arrange();
  }

  fill(column, cell, item) {
    if (column.fill) column.fill(cell, item);
    else say(cell, column.text(item));
  }

  add(key, item) {
    const cells = this.columns.map((column, i) =>
      make(i === 0 ? "th" : "td", { class: this.classOf(column), ...(i === 0 ? { scope: "row" } : {}) }));
    const row = { cells, item, element: make("tr", {}, ...cells) };
    this.rows.set(key, row);
    this.body.append(row.element);
    return row;
  }

  arrange() {
    const keys = [...(this.order ?? [])];
    if (this.sorted != null) {
      const of = this.columns[this.sorted].of;
      const sign = this.descending ? -1 : 1;
      keys.sort((a, b) => sign * Table.compare(of(this.rows.get(a).item), of(this.rows.get(b).item)));
    }
    keys.forEach((key, i) => {
      const element = this.rows.get(key).element;
      if (this.body.children[i] !== element) this.body.insertBefore(element, this.body.children[i] ?? null);
    });
  }

  /** What has no value is the least. */
  static compare(a, b) {
    if (a == null || b == null) return (a == null ? 0 : 1) - (b == null ? 0 : 1);
    return typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
  }
}
