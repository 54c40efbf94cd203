// The answer: a table with the type of each column, as CSV to copy or take away, and a picture of two of its columns.
import { drawChart } from "../chart.js";
import { csv } from "./csv.js";
import { element } from "./picker.js";
import { words } from "./words.js";

const STEP = 200;
const DRAWN = { bar: 30, line: 5000, column: 500 };
const LONG = 240;

const typeOf = (rows, n) => {
  const seen = new Set();
  for (const row of rows) {
    const value = row[n];
    if (value !== null) seen.add(typeof value === "string" ? "TEXT" : typeof value === "bigint" || Number.isInteger(value) ? "INTEGER" : "REAL");
  }
  if (seen.has("TEXT")) return "TEXT";
  return seen.has("REAL") ? "REAL" : seen.has("INTEGER") ? "INTEGER" : "";
};

export class Result {
  // `changed()` is called when somebody chooses another chart.
  constructor(root, changed) {
    this.root = root;
    this.table = root.querySelector("table");
    this.form = root.querySelector("[data-chart-form]");
    this.figure = root.querySelector("[data-figure]");
    root.querySelector("[data-more]").addEventListener("click", () => this.more());
    root.querySelector("[data-download]").addEventListener("click", () => this.download());
    root.querySelector("[data-copy-csv]").addEventListener("click", (event) => this.copy(event.currentTarget));
    this.form.addEventListener("change", () => {
      this.draw();
      changed();
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
  }

  // Which chart is drawn: kept in the address.
  get drawn() {
    return this.form.elements.kind.value;
  }

  set drawn(kind) {
    this.form.elements.kind.value = Object.hasOwn(DRAWN, kind) ? kind : "";
  }

  // `source` says which tables the answer is from.
  show(answer, source) {
    this.answer = answer;
    this.source = source;
    this.types = answer.columns.map((one, n) => one.declared ?? typeOf(answer.rows, n));
    const head = this.table.tHead.insertRow();
    answer.columns.forEach((column, n) => {
      const cell = element("th", { scope: "col", className: this.types[n] === "TEXT" || !this.types[n] ? "" : "n" }, column.name);
      cell.append(element("small", {}, words.types[this.types[n]] ?? this.types[n]));
      head.append(cell);
    });
    this.table.tHead.replaceChildren(head);
    this.table.tBodies[0].replaceChildren();
    this.root.hidden = false;
    this.more();
    this.choices();
    this.draw();
  }

  hide() {
    this.root.hidden = true;
  }

  more() {
    const body = this.table.tBodies[0];
    const { rows } = this.answer;
    const from = body.rows.length;
    body.append(...rows.slice(from, from + STEP).map((row) => this.line(row)));
    const shown = body.rows.length;
    this.root.querySelector("[data-more]").hidden = shown >= rows.length;
    const said = shown < rows.length ? words.shown(shown, rows.length) : rows.length ? words.all(rows.length) : words.noRows;
    this.root.querySelector("[data-shown]").textContent = said;
  }

  line(row) {
    const line = document.createElement("tr");
    row.forEach((value, n) => {
      const cell = line.insertCell();
      if (this.types[n] !== "TEXT") cell.className = "n";
      if (value === null) cell.append(element("span", { className: "nil" }, words.null));
      else cell.append(folded(String(value)));
    });
    return line;
  }

  csv() {
    return csv(this.answer);
  }

  download() {
    const address = URL.createObjectURL(new Blob(["\ufeff", this.csv()], { type: "text/csv" }));
    const link = element("a", { href: address, download: words.csv });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  async copy(button) {
    await copyText(this.csv());
    said(button, words.copied);
  }

  // What can be drawn: any column along the axis, numbers as values.
  choices() {
    const { x, y, kind } = this.form.elements;
    const numeric = this.types.flatMap((type, n) => (type === "INTEGER" || type === "REAL" ? [n] : []));
    const names = this.answer.columns.map((one) => one.name);
    x.replaceChildren(...names.map((name, n) => new Option(name, n)));
    y.replaceChildren(...numeric.map((n) => new Option(names[n], n)));
    const last = numeric.at(-1);
    if (numeric.length) y.value = String(last);
    const first = names.findIndex((_, n) => n !== last);
    x.value = String(Math.max(0, first));
    this.form.hidden = !numeric.length || names.length < 2 || this.answer.rows.length < 2;
    if (this.form.hidden) kind.value = "";
  }

  async draw() {
    const { kind, x, y } = this.form.elements;
    const on = Boolean(kind.value) && !this.form.hidden;
    for (const part of this.form.querySelectorAll("[data-of-chart]")) part.hidden = !on;
    this.figure.hidden = !on;
    this.chart?.destroy();
    this.chart = null;
    if (!on) return;
    const names = this.answer.columns.map((one) => one.name);
    const [a, b] = [Number(x.value), Number(y.value)];
    const most = DRAWN[kind.value];
    const rows = this.answer.rows.slice(0, most).map((row) => [row[a] === null ? null : String(row[a]), row[b] === null ? null : Number(row[b])]);
    const title = words.chart(names[b], names[a]);
    const [caption, place, note] = this.figure.children;
    caption.textContent = title;
    note.textContent = (this.answer.rows.length > most ? words.chartCut(most) : "") + words.chartSource(this.source);
    const type = axis(rows.map((row) => row[0]));
    const drawn = kind.value !== "bar" && type === "text" ? "bar" : kind.value;
    const call = (this.call = (this.call ?? 0) + 1);
    const chart = await drawChart(place, { kind: drawn, title, unit: "", columns: [{ title: names[a], type }, { title: names[b], type: "number" }], rows: drawn === "bar" ? rows.slice(0, DRAWN.bar) : rows });
    if (call === this.call) this.chart = chart;
    else chart.destroy();
  }
}

const axis = (values) => {
  const all = (shape) => values.every((value) => value === null || shape.test(value));
  if (all(/^\d{4}-\d{2}-\d{2}$/)) return "date";
  if (all(/^\d{4}-\d{2}$/)) return "yearmonth";
  if (all(/^[12]\d{3}$/)) return "year";
  return all(/^-?\d+(\.\d+)?$/) ? "number" : "text";
};

const folded = (text) => {
  if (text.length <= LONG && text.split("\n").length <= 9) return text;
  return element("details", {}, element("summary", {}, `${text.trimStart().slice(0, 60).split("\n")[0]}…`), text);
};

export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
};

// A button says for a moment that it is done.
export const said = (button, text) => {
  button.dataset.label ??= button.textContent;
  button.textContent = text;
  setTimeout(() => (button.textContent = button.dataset.label), 2000);
};
