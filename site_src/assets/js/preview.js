// The table on a dataset's page: search, filter, sort, choose columns, turn pages and copy, through the query API.
// Nothing is asked before the reader asks (or the address does: #table=… keeps the state); when the API does not
// answer, the rows that came with the page stay, and a sentence says so.
import { copyText, folded, read, tsv, words, written } from "./preview-words.js";

const SIZES = [20, 50, 100];
const grouped = (n) => n.toLocaleString("en-US");
const make = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

class Preview {
  constructor(box) {
    this.box = box;
    this.name = box.dataset.preview.replace(/^.*\/|\.json$/g, "");
    this.table = box.querySelector("table");
    this.body = this.table.tBodies[0];
    this.heads = [...this.table.tHead.rows[0].cells];
    this.columns = this.heads.map((th) => ({
      name: th.dataset.name,
      type: th.dataset.type,
      numeric: th.classList.contains("n"),
      title: th.textContent,
    }));
    this.status = box.querySelector("[data-status]");
    this.chips = box.querySelector("[data-chips]");
    this.next = box.querySelector("[data-next]");
    this.previous = box.querySelector("[data-previous]");
    this.filter = box.querySelector("[data-filter]");
    this.find = box.querySelector("[data-find]");
    this.state = { search: "", filters: [], sort: null, hidden: [], size: SIZES[0], n: 0, tokens: [null] }; // tokens[n]: where page n begins
    this.of = Number(box.dataset.of);
    this.note = this.status.textContent;
    this.shown = [...this.body.rows].map((row) => [...row.cells].map((cell) => (cell.querySelector(".nil") ? null : cell.textContent)));
    this.call = 0;
    this.wire();
    this.wireTools();
  }

  wire() {
    const { column, op, value } = this.filter.elements;
    column.append(...this.columns.map((one) => new Option(one.title, one.name)));
    const fit = () => this.fitOperators();
    column.addEventListener("change", fit);
    op.addEventListener("change", () => (value.disabled = /null$/.test(op.value)));
    fit();
    this.filter.addEventListener("submit", (event) => {
      event.preventDefault();
      const bare = /null$/.test(op.value);
      if (!bare && !value.value.trim()) return value.focus();
      const filter = { column: column.value, op: op.value, value: bare ? "1" : value.value.trim() };
      this.change({ filters: [...this.state.filters, filter] });
      value.value = "";
    });
    this.find.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change({ search: this.find.querySelector("input").value.trim() });
    });
    this.heads.forEach((th, index) => {
      const button = make("button", { type: "button" }, ...th.childNodes);
      button.setAttribute("aria-label", words.sort(this.columns[index].title));
      button.addEventListener("click", () => this.sortBy(index));
      th.append(button);
    });
    this.next.addEventListener("click", () => this.turn(1));
    this.previous.addEventListener("click", () => this.turn(-1));
    if (this.of > this.body.rows.length) this.next.disabled = false;
  }

  // Numbers are compared, texts looked into: only what makes sense for the column is offered.
  fitOperators() {
    const { column, op, value } = this.filter.elements;
    const { type } = this.columns.find((one) => one.name === column.value);
    const text = type === "string";
    for (const option of op.options) {
      const compares = option.value === "gte" || option.value === "lte";
      const looks = option.value === "contains" || option.value === "startswith";
      option.hidden = option.disabled = (compares && (text || type === "boolean")) || (looks && !text);
    }
    if (op.selectedOptions[0]?.disabled) op.value = text ? "contains" : "exact";
    value.disabled = /null$/.test(op.value);
  }

  // Which columns, how many rows, copy: made here, for they do nothing without scripts.
  wireTools() {
    const boxes = this.columns.map((column, index) => {
      const check = make("input", { type: "checkbox", checked: true });
      check.addEventListener("change", () => {
        const hidden = this.columns.filter((_, n) => !boxes[n].check.checked).map((one) => one.name);
        if (hidden.length === this.columns.length) return (check.checked = true);
        this.change({ hidden }, false);
      });
      return { check, label: make("label", {}, check, ` ${column.title}`), index };
    });
    this.boxes = boxes;
    const picker = make("details", { className: "picker" }, make("summary", { className: "button small" }, words.columns));
    const all = make("button", { type: "button", className: "button small", textContent: words.all });
    all.addEventListener("click", () => this.change({ hidden: [] }, false));
    picker.append(make("div", {}, ...boxes.map((one) => one.label), all));
    document.addEventListener("click", (event) => picker.open && !picker.contains(event.target) && (picker.open = false));
    picker.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      picker.open = false;
      picker.firstElementChild.focus();
    });
    const copy = make("button", { type: "button", className: "button small", textContent: words.copy });
    copy.addEventListener("click", () => this.copy());
    this.size = make("select", {}, ...SIZES.map((n) => new Option(words.size(n), n)));
    this.size.setAttribute("aria-label", words.sizeLabel);
    this.size.addEventListener("change", () => this.change({ size: Number(this.size.value) }));
    this.retry = make("button", { type: "button", className: "button small", textContent: words.retry, hidden: true });
    this.retry.addEventListener("click", () => this.load(this.state.n));
    this.box.querySelector(".table-tools").append(make("div", { className: "table-more" }, picker, copy, this.size));
    this.status.after(this.retry);
  }

  sortBy(index) {
    const name = this.columns[index].name;
    const same = this.state.sort?.name === name;
    this.change({ sort: !same ? { name, down: false } : this.state.sort.down ? null : { name, down: true } });
  }

  // A part of the state is another; rows are asked for again unless only the view changed.
  change(part, ask = true) {
    Object.assign(this.state, part, ask ? { tokens: [null], n: 0 } : {});
    this.show();
    if (ask) this.load(0);
    else this.keep();
  }

  // What the state says, in heads, columns and controls.
  show() {
    const { sort, hidden, size, search } = this.state;
    this.heads.forEach((th, n) => {
      if (this.columns[n].name === sort?.name) th.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    for (const { check, index } of this.boxes) check.checked = !hidden.includes(this.columns[index].name);
    this.size.value = String(size);
    this.find.querySelector("input").value = search;
    this.hide();
    this.drawChips();
  }

  hide() {
    const away = this.columns.map((column) => this.state.hidden.includes(column.name));
    const first = away.indexOf(false);
    for (const row of this.table.rows) {
      [...row.cells].forEach((cell, n) => {
        cell.hidden = away[n];
        cell.classList.toggle("stick", first > 0 && n === first);
      });
    }
  }

  async turn(step) {
    // The first rows came with the page; where the next ones begin, only the API knows.
    if (step > 0 && !(this.state.n + 1 in this.state.tokens)) await this.load(this.state.n);
    const n = this.state.n + step;
    if (this.down || n < 0) return;
    if (n === 0 || this.state.tokens[n]) await this.load(n);
    else if (step < 0) await this.load(0); // come in by a saved address: only the beginning is known
  }

  address(n) {
    const { search, filters, sort, size, tokens } = this.state;
    const query = new URLSearchParams({ _shape: "objects", _size: size });
    if (search) query.set("_search", search);
    for (const { column, op, value } of filters) query.append(`${column}__${op}`, this.meant(column, value));
    if (sort) query.set(sort.down ? "_sort_desc" : "_sort", sort.name);
    if (tokens[n]) query.set("_next", tokens[n]);
    return `${this.box.dataset.preview}?${query}`;
  }

  // 是 and 否 stand in the table as 1 and 0.
  meant(column, value) {
    if (this.columns.find((one) => one.name === column)?.type !== "boolean") return value;
    return /^(是|对|真|1|yes|true|y)$/i.test(value) ? "1" : "0";
  }

  async load(n) {
    const call = ++this.call;
    this.table.setAttribute("aria-busy", "true");
    this.status.textContent = words.loading;
    this.retry.hidden = true;
    this.drawChips();
    let why = "down";
    try {
      const answer = await fetch(this.address(n), { headers: { Accept: "application/json" } });
      if (!answer.ok) {
        why = { 400: "refused", 410: "gone", 429: "busy" }[answer.status] ?? "down";
        throw new Error(String(answer.status));
      }
      const page = await answer.json();
      if (call !== this.call) return;
      this.down = false;
      this.draw(page, n);
      this.keep();
    } catch {
      if (call !== this.call) return;
      this.down = true;
      this.status.textContent = words[location.protocol === "file:" ? "offline" : why];
      this.retry.hidden = why === "gone" || location.protocol === "file:";
      this.next.disabled = this.previous.disabled = true;
    } finally {
      if (call === this.call) this.table.removeAttribute("aria-busy");
    }
  }

  draw(page, n) {
    const at = n * this.state.size;
    this.state.n = n;
    this.state.tokens[n + 1] = page.next;
    this.shown = page.rows.map((row) => this.columns.map(({ name, type }) => this.text(row[name], type)));
    this.body.replaceChildren(...this.shown.map((values) => this.row(values)));
    this.hide();
    const narrowed = this.state.search || this.state.filters.length;
    const count = page.filtered_table_rows_count ?? (narrowed ? null : this.of);
    this.status.textContent = page.rows.length
      ? words.rows(grouped(at + 1), grouped(at + page.rows.length), count === null ? words.many : grouped(count))
      : words.none;
    this.previous.disabled = n === 0;
    this.next.disabled = !page.next;
    this.box.querySelector(".frame").scrollTop = 0;
  }

  text(value, type) {
    if (value === null || value === undefined) return null;
    return type === "boolean" ? (Number(value) ? words.yes : words.no) : String(value);
  }

  row(values) {
    const line = make("tr");
    this.columns.forEach(({ numeric }, n) => {
      const cell = line.insertCell();
      if (numeric) cell.className = "n";
      cell.append(values[n] === null ? make("span", { className: "nil", textContent: "-" }) : folded(values[n]));
    });
    return line;
  }

  drawChips() {
    const chip = (label, drop) => {
      const button = make("button", { type: "button", className: "chip", textContent: label });
      button.setAttribute("aria-label", `${words.remove} ${label}`);
      button.addEventListener("click", () => {
        drop();
        (this.chips.querySelector("button") ?? this.find.querySelector("input")).focus();
      });
      return make("li", {}, button);
    };
    const { search, filters } = this.state;
    const chips = filters.map((filter) =>
      chip(this.label(filter), () => this.change({ filters: this.state.filters.filter((one) => one !== filter) })),
    );
    if (search) chips.unshift(chip(`${words.find} ${search}`, () => this.change({ search: "" })));
    this.chips.replaceChildren(...chips);
  }

  label({ column, op, value }) {
    const title = this.columns.find((one) => one.name === column)?.title ?? column;
    const sign = [...this.filter.elements.op.options].find((one) => one.value === op)?.text ?? op;
    return `${title} ${sign}${/null$/.test(op) ? "" : ` ${value}`}`;
  }

  // The rows on the screen, with their heads, as a spreadsheet takes them.
  async copy() {
    const seen = this.columns.map((column) => !this.state.hidden.includes(column.name));
    const lines = [this.columns.map((column) => column.title), ...this.shown].map((line) => line.filter((_, n) => seen[n]));
    const before = this.status.textContent;
    const said = (await copyText(tsv(lines))) ? words.copied(this.shown.length) : words.notCopied;
    this.status.textContent = said;
    setTimeout(() => {
      if (this.status.textContent === said) this.status.textContent = before; // else something newer stands there
    }, 4000);
  }

  // ---------- the address ----------
  keep() {
    const text = written(this.name, this.state, SIZES[0]);
    history.replaceState(history.state, "", text ? `#${text}` : location.pathname + location.search);
  }

  restore(saved) {
    const known = (name) => this.columns.some((column) => column.name === name);
    const filters = saved.filters.filter((one) => known(one.column));
    const size = SIZES.includes(saved.size) ? saved.size : SIZES[0];
    Object.assign(this.state, saved, { filters, size, hidden: saved.hidden.filter(known), tokens: [null], n: saved.n });
    if (saved.sort && !known(saved.sort.name)) this.state.sort = null;
    if (saved.token) this.state.tokens[saved.n] = saved.token;
    if (this.state.hidden.length === this.columns.length) this.state.hidden = [];
    this.show();
    this.box.scrollIntoView({ block: "start" });
    const asks = this.state.search || filters.length || this.state.sort || saved.n || size !== SIZES[0];
    if (asks) this.load(saved.n);
  }
}

const tables = [...document.querySelectorAll("[data-preview]")].map((box) => new Preview(box));
const restore = () => {
  const saved = read(location.hash);
  if (saved) tables.find((one) => one.name === saved.name)?.restore(saved);
};
addEventListener("hashchange", restore);
restore();
