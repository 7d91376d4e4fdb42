"use strict";
// The lines of a table as a grid: changed, added, taken out, moved, pasted from a spreadsheet; with the
// sums of its columns against the totals of the page.

class Grid {
  /**
   * @param name of the table's field
   * @param columns each with its name and kind
   * @param form that it is in: gives inputs, is told of changes
   */
  constructor(name, columns, form) {
    Object.assign(this, {name, columns, form});
  }

  element(shown) {
    const keys = shown.lines[this.name] ?? [];
    const rows = keys.map((key, index) => this.#row(shown, key, index, keys));
    this.sums = make("tfoot");
    this.showSums(shown.document.fields ?? shown.fields);
    const head = make("tr", {}, ...this.columns.map(column => make("th", {scope: "col",
      className: column.kind}, nameOf(column.name))), make("th", {scope: "col"}, make("span", {className: "visually-hidden"}, "Line")));
    const add = make("button", {type: "button", className: "quiet", disabled: this.form.isLocked, onclick: () => this.#add()}, "Add a line");
    return make("div", {className: "grid"}, make("div", {className: "scrolled", tabIndex: 0, role: "region", ariaLabel: `${nameOf(this.name)}, table`},
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows), this.sums)),
      make("p", {className: "meta"}, add, keys.length ? " Cells copied from a spreadsheet can be pasted into a cell." : " No lines."));
  }

  #row(shown, key, index, keys) {
    const path = `/${this.name}/${key}`;
    const cells = this.columns.map(column => make("td", {className: column.kind},
      this.form.input(shown, `${path}/${column.name}`, column, `${nameOf(column.name)}, line ${index + 1}`, event => this.#paste(event, key, column))));
    const button = (text, label, onclick, disabled) => make("button", {type: "button", className: "quiet", title: label,
      ariaLabel: `${label}: line ${index + 1}`, onclick, disabled: disabled || this.form.isLocked}, text);
    const row = make("tr", {}, ...cells, make("td", {className: "line"},
      button("↑", "Move up", () => this.#move(keys, index, index - 1), index === 0),
      button("↓", "Move down", () => this.#move(keys, index, index + 1), index === keys.length - 1),
      button("×", "Delete", () => this.form.change([{path, value: null}]))));
    row.dataset.line = path;
    return row;
  }

  #move(keys, from, to) {
    const moved = [...keys];
    moved.splice(to, 0, ...moved.splice(from, 1));
    this.form.change([{path: `/${this.name}`, value: moved}]);
  }

  #add() {
    const key = this.#newKey();
    this.form.change([{path: `/${this.name}/${key}`, value: {}}], `/${this.name}/${key}/${this.columns[0].name}`);
  }

  #newKey() {
    return `new.${crypto.randomUUID().slice(0, 13)}`;
  }

  /** Rows and columns from a spreadsheet, from this cell on; lines that are not there are added. */
  #paste(event, key, column) {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const keys = this.form.shown.lines[this.name];
    const [row, first] = [keys.indexOf(key), this.columns.indexOf(column)];
    const changes = text.replace(/\r?\n$/, "").split(/\r?\n/).flatMap((line, index) => {
      const values = line.split("\t").slice(0, this.columns.length - first).map((value, at) => [this.columns[first + at].name, value.trim()]);
      const at = keys[row + index];
      return at ? values.map(([name, value]) => ({path: `/${this.name}/${at}/${name}`, value}))
        : [{path: `/${this.name}/${this.#newKey()}`, value: Object.fromEntries(values)}];
    });
    this.form.change(changes);
  }

  /** Of fields in the form in which they are stored: of all pages, where the document has several. */
  showSums(fields) {
    const totals = SUMS[this.name];
    if (!totals || !this.sums) return;
    const rows = fields?.[this.name] ?? [];
    const cells = this.columns.map(column => {
      const values = rows.map(row => row[column.name]).filter(value => typeof value === "number");
      const total = fields?.[totals[column.name]];
      if (!(column.name in totals) || !values.length) return make("td");
      const sum = Math.round(values.reduce((one, other) => one + other, 0) * 1e6) / 1e6;
      const differs = typeof total === "number" && Math.abs(sum - total) > 1;
      return make("td", {className: `number ${typeof total === "number" ? differs ? "differs" : "agrees" : ""}`},
        `${differs ? "≠ " : typeof total === "number" ? "= " : ""}${inRupees(sum)}`,
        make("small", {}, typeof total === "number" ? `${differs ? "total says" : "total"} ${inRupees(total)}` : "no total"));
    });
    this.sums.replaceChildren(make("tr", {}, ...cells, make("th", {scope: "row"}, "Sum")));
  }
}
