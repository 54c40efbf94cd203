// Filter, group, calculate, sort by clicks; every click writes the SQL anew, unless somebody changed it by hand.
import { element } from "./picker.js";
import { isNumeric, select } from "./sql.js";
import { words } from "./words.js";

const option = (value, text) => new Option(text, value);
const ROOM = 40; // characters that an option shows

const titled = (column) => {
  const text = column.title && column.title !== column.name ? `${column.name}（${column.title}）` : column.name;
  return text.length > ROOM ? `${text.slice(0, ROOM - 1)}…` : text;
};

const KINDS = /区|县|省|类|级|状态|性质|行业|部门|年|季|月|星期/;
const CODES = /代码|编号|编码|序号|号$/;

// A column whose values are likely to be few: with a list of values, or one whose name sounds like a kind or a place.
const groupOf = (columns) => {
  const fit = columns.filter((one) => ["string", "boolean", "year", "integer"].includes(one.type));
  const words = (one) => `${one.name} ${one.title}`;
  return fit.find((one) => one.listed) ?? fit.find((one) => KINDS.test(words(one)) && !CODES.test(words(one)) && one.type !== "integer") ?? null;
};

export class Builder {
  // `write(sql)` is called after each change.
  constructor(form, write) {
    this.form = form;
    this.write = write;
    this.tables = [];
    this.box = form.querySelector("[data-conditions]");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.elements.table.addEventListener("change", () => this.enter());
    form.addEventListener("change", (event) => event.target.name !== "table" && this.changed());
    form.addEventListener("input", (event) => event.target.name === "text" && this.changed());
    form.querySelector("[data-add]").addEventListener("click", () => {
      const row = this.condition();
      this.box.append(row);
      row.querySelector("select").focus();
    });
    form.elements.measure.replaceChildren(option("", words.plain), ...Object.entries(words.measures).map(([key, text]) => option(key, text)));
  }

  // Other tables were chosen. The one in work stays, if it is still there.
  show(tables) {
    const { table } = this.form.elements;
    const before = table.value;
    this.tables = tables;
    table.replaceChildren(...tables.map((one) => option(one.name, one.name)));
    this.form.querySelector("[data-of-table]").hidden = tables.length < 2;
    const stays = tables.some((one) => one.name === before);
    if (stays) table.value = before;
    else if (tables.length) this.enter(false);
  }

  take(name) {
    this.form.elements.table.value = name;
    this.enter();
  }

  get table() {
    return this.tables.find((one) => one.name === this.form.elements.table.value);
  }

  column(name) {
    return this.table.columns.find((one) => one.name === name);
  }

  // A table is taken to work on: its columns, no conditions.
  enter(write = true) {
    const { group, of } = this.form.elements;
    const columns = () => this.table.columns.map((one) => option(one.name, titled(one)));
    group.replaceChildren(option("", words.none), ...columns());
    of.replaceChildren(...columns());
    this.form.elements.measure.value = "";
    this.box.replaceChildren();
    this.changed(write);
  }

  condition() {
    const row = element("div", { className: "query-condition" });
    const column = element("select", { name: "column" }, ...this.table.columns.map((one) => option(one.name, titled(one))));
    const op = element("select", { name: "op" }, ...Object.entries(words.ops).map(([key, text]) => option(key, text)));
    const text = element("input", { name: "text", type: "text" });
    const drop = element("button", { type: "button", className: "button small" }, words.removeShort);
    for (const [part, label] of [[column, words.column], [op, words.condition], [text, words.value], [drop, words.removeCondition]]) part.setAttribute("aria-label", label);
    op.addEventListener("change", () => (text.hidden = op.value === "empty" || op.value === "full"));
    drop.addEventListener("click", () => {
      row.remove();
      this.changed();
      this.form.querySelector("[data-add]").focus();
    });
    row.append(column, op, text, drop);
    return row;
  }

  // What is possible follows what is chosen: grouping counts rows, calculating needs a column, sorting something to sort by.
  changed(write = true) {
    const { group, measure, of, order } = this.form.elements;
    if (group.value && !measure.value) measure.value = "count";
    of.hidden = !measure.value || measure.value === "count";
    const computed = Boolean(measure.value);
    const wanted = [option("", words.unsorted)];
    const add = (key, text) => wanted.push(option(key, words.up(text)), option(`-${key}`, words.down(text)));
    if (computed && group.value) {
      add("value", words.byValue);
      add(group.value, words.byKey);
    } else if (!computed) for (const one of this.table.columns) add(one.name, titled(one));
    const before = order.value;
    order.replaceChildren(...wanted);
    order.value = wanted.some((one) => one.value === before) ? before : "";
    if (write) this.write(this.sql());
  }

  sql() {
    const { group, measure, of, order, limit } = this.form.elements;
    const conditions = [...this.box.children].map((row) => ({
      column: this.column(row.querySelector("[name=column]").value),
      op: row.querySelector("[name=op]").value,
      text: row.querySelector("[name=text]").value,
    }));
    return select({
      table: this.table.name,
      conditions,
      group: group.value ? this.column(group.value) : null,
      measure: measure.value,
      of: of.value ? this.column(of.value) : null,
      order: order.value,
      limit: Math.max(1, Math.min(50_000, Math.floor(Number(limit.value)) || 100)),
      names: words.names,
    });
  }

  // A few questions that make sense for the table: [text, sql].
  samples() {
    const { table } = this;
    const key = new Set(table.key);
    const group = groupOf(table.columns.filter((one) => !key.has(one.name) && !one.unique && !one.long));
    const of = table.columns.find((one) => !key.has(one.name) && one !== group && isNumeric(one) && one.type !== "boolean" && one.type !== "year");
    const found = [[words.sampleRows, select({ table: table.name, limit: 100, names: words.names })]];
    const common = { table: table.name, group, limit: 100, names: words.names, order: "-value" };
    if (group) found.push([words.sampleCount(group.name), select({ ...common, measure: "count" })]);
    if (group && of) found.push([words.sampleMean(group.name, of.name), select({ ...common, measure: "avg", of })]);
    return found;
  }
}
