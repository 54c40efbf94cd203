// Choosing datasets: a search box over the lean index, the chosen ones with their tables and fields.
import { keep } from "../keep.js";
import { words } from "./words.js";

const MOST = 12;
const plain = (text) => text.normalize("NFKC").toLowerCase();
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

export class Picker {
  // `choose(id)` is called for a dataset that was picked; `index` is the address of the lean index.
  constructor(root, index, choose) {
    this.input = root.querySelector("#query-pick");
    this.list = root.querySelector("#query-list");
    this.choose = choose;
    this.at = -1;
    this.found = [];
    this.index = index;
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("focus", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.pick(option.dataset.id);
    });
  }

  // The datasets that have a table to query: [id, title, rows].
  async datasets() {
    this.read ??= fetch(this.index, { cache: "no-cache" })
      .then((answer) => (answer.ok ? answer.json() : []))
      .catch(() => [])
      .then((rows) => rows.filter((row) => row[6].includes("parquet")).map((row) => [row[0], row[1], row[10]]));
    return this.read;
  }

  show() {
    this.shown = this.draw();
  }

  async draw() {
    const asked = plain(this.input.value).split(/\s+/).filter(Boolean);
    const all = await this.datasets();
    this.found = all.filter(([id, title]) => asked.every((word) => plain(`${title} ${id}`).includes(word))).slice(0, MOST);
    this.at = -1;
    this.list.replaceChildren(
      ...this.found.map(([id, title, rows], n) => {
        const option = element("li", { id: `query-option-${n}` }, keep(title), element("small", {}, `${id} · ${words.rows(rows ?? 0)}`));
        option.setAttribute("role", "option");
        option.dataset.id = id;
        return option;
      }),
    );
    if (!this.found.length) {
      const none = element("li", {}, words.noMatch);
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      this.list.append(none);
    }
    this.open(document.activeElement === this.input);
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
  }

  close() {
    this.open(false);
    this.input.removeAttribute("aria-activedescendant");
  }

  // A key that is pressed while the list is still on its way waits for it.
  async key(event) {
    if (event.key === "Escape") this.close();
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 0 }[event.key];
    if (step === undefined || event.isComposing) return;
    event.preventDefault();
    await this.shown;
    if (!this.found.length) return;
    if (event.key === "Enter") {
      this.pick(this.found[Math.max(0, this.at)][0]);
      return;
    }
    this.at = (this.at + step + this.found.length) % this.found.length;
    [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `query-option-${this.at}`);
  }

  pick(id) {
    this.input.value = "";
    this.close();
    this.choose(id);
  }
}

// The chosen datasets: a link to each one's page, its tables, and their fields as buttons that write their name.
export const drawChosen = (place, sets, { base, insert, remove, waiting }) => {
  if (!sets.length) {
    const note = element("p", { className: "muted query-set" }, waiting ? words.starting : words.noneYet);
    if (waiting) note.setAttribute("role", "status");
    place.replaceChildren(note);
    return;
  }
  place.replaceChildren(
    ...sets.map((set) => {
      const drop = element("button", { type: "button", className: "button small" }, words.removeShort);
      drop.setAttribute("aria-label", words.remove(set.title));
      drop.addEventListener("click", () => remove(set.id));
      const head = element("h3", {}, element("a", { href: `${base}dataset/${set.id}/` }, keep(set.title)), drop);
      const tables = set.tables.map((table) => {
        const [before, name, after] = words.table(table.name, table.rows, table.bytes);
        const room = matchMedia("(min-width: 64rem)").matches;
        const box = element("details", { open: room && set.tables.length === 1 && sets.length === 1 });
        const title = set.tables.length > 1 && table.title ? [element("br"), table.title] : [];
        box.append(element("summary", {}, before, element("code", {}, name), after, ...title), fieldList(table, insert));
        return box;
      });
      return element("div", { className: "query-set" }, head, ...tables);
    }),
  );
};

const fieldList = (table, insert) =>
  element(
    "ul",
    { className: "query-fields" },
    ...table.columns.map((column) => {
      const button = element("button", { type: "button", title: column.description ?? "" }, column.name);
      button.setAttribute("aria-label", words.insert(column.name));
      button.addEventListener("click", () => insert(column.name));
      return element("li", {}, button, element("span", {}, words.kinds[column.type] ?? column.type));
    }),
  );

export { element };
